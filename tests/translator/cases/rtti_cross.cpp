// dynamic_cast: down, across, into virtual and ambiguous and private bases.
// EXIT: 0
struct A { virtual ~A() {} int a = 1; };
struct B { virtual ~B() {} int b = 2; };
struct C : A, B { int c = 3; };
struct V1 : virtual A { int v1 = 4; };
struct V2 : virtual A { int v2 = 5; };
struct D : V1, V2 { int d = 6; };
struct L : A {};
struct R : A {};
struct Twice : L, R {};
struct Hidden : private A, public B { A *inside() { return this; } };
struct Chain1 : A {};
struct Chain2 : Chain1 {};
struct Chain3 : Chain2 {};
template <typename To, typename From> __attribute__((noinline)) To cast(From *p) { return dynamic_cast<To>(p); }
int main() {
    int bad = 0;
    C c;
    bad |= cast<C *>(static_cast<A *>(&c)) != &c;
    bad |= (cast<B *>(static_cast<A *>(&c)) != static_cast<B *>(&c)) << 1;
    bad |= (cast<D *>(static_cast<A *>(&c)) != nullptr) << 2;
    D d;
    bad |= (cast<D *>(static_cast<A *>(&d)) != &d) << 3;
    bad |= (cast<V2 *>(static_cast<V1 *>(&d)) != static_cast<V2 *>(&d)) << 4;
    Twice t;
    bad |= (cast<R *>(static_cast<L *>(&t)) != static_cast<R *>(&t)) << 5;
    bad |= (cast<Twice *>(static_cast<A *>(static_cast<L *>(&t))) != &t) << 6;
    Hidden h;
    bad |= (cast<A *>(static_cast<B *>(&h)) != nullptr) << 7;
    bad |= (cast<B *>(h.inside()) != nullptr) << 7;
    Chain3 chain;
    bad |= (cast<Chain2 *>(static_cast<A *>(&chain)) != &chain) << 7;
    bad |= (cast<void *>(static_cast<B *>(&c)) != &c) << 7;
    return bad;
}

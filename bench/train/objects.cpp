// SPDX-License-Identifier: Apache-2.0
// C++ objects: intrusive observers, smart pointers over a pool, state objects, delegates, a small tree of commands.
#include "train.h"

namespace {

uint32_t digest = 1;

void note(uint32_t v) {
    digest = digest * 31 + v;
}

template <typename T, unsigned N> class Pool {
public:
    void *take() {
        for (unsigned i = 0; i < N; ++i)
            if (!used_[i]) {
                used_[i] = true;
                return cells_[i];
            }
        return nullptr;
    }
    void give(void *p) {
        for (unsigned i = 0; i < N; ++i)
            if (cells_[i] == p)
                used_[i] = false;
    }
    unsigned live() const {
        unsigned n = 0;
        for (bool u : used_)
            n += u;
        return n;
    }

private:
    alignas(T) uint8_t cells_[N][sizeof(T)] = {};
    bool used_[N] = {};
};

struct Place {
    void *where;
};

} // namespace

void *operator new(size_t, Place p) noexcept {
    return p.where;
}

namespace {

class Node {
public:
    explicit Node(int v) : value(v) {}
    ~Node() {
        note(static_cast<uint32_t>(value));
    }
    int value;
    int owners = 0;
};

Pool<Node, 24> nodes;

class Shared {
public:
    Shared() = default;
    explicit Shared(int v) {
        void *cell = nodes.take();
        if (cell) {
            node_ = new (Place{cell}) Node(v);
            node_->owners = 1;
        }
    }
    Shared(const Shared &o) : node_(o.node_) {
        if (node_)
            ++node_->owners;
    }
    Shared(Shared &&o) noexcept : node_(o.node_) {
        o.node_ = nullptr;
    }
    Shared &operator=(Shared o) noexcept {
        Node *t = node_;
        node_ = o.node_;
        o.node_ = t;
        return *this;
    }
    ~Shared() {
        if (node_ && --node_->owners == 0) {
            node_->~Node();
            nodes.give(node_);
        }
    }
    Node *operator->() const {
        return node_;
    }
    explicit operator bool() const {
        return node_ != nullptr;
    }

private:
    Node *node_ = nullptr;
};

class Subject;

class Observer {
public:
    virtual void changed(Subject &, int value) = 0;
    Observer *next = nullptr;

protected:
    ~Observer() = default;
};

class Subject {
public:
    void attach(Observer &o) {
        o.next = first_;
        first_ = &o;
    }
    void set(int v) {
        if (v == value_)
            return;
        value_ = v;
        for (Observer *o = first_; o; o = o->next)
            o->changed(*this, v);
    }

private:
    Observer *first_ = nullptr;
    int value_ = 0;
};

class Average final : public Observer {
public:
    void changed(Subject &, int v) override {
        sum_ = sum_ - sum_ / 8 + v;
        note(static_cast<uint32_t>(sum_ / 8));
    }

private:
    int sum_ = 0;
};

class Alarm final : public Observer {
public:
    Alarm(int limit, Subject *to) : limit_(limit), to_(to) {}
    void changed(Subject &, int v) override {
        bool on = v > limit_ - (on_ ? 5 : 0);
        if (on != on_) {
            on_ = on;
            if (to_)
                to_->set(on ? limit_ : -limit_);
        }
    }

private:
    int limit_;
    Subject *to_;
    bool on_ = false;
};

template <typename> class Delegate;

template <typename R, typename... A> class Delegate<R(A...)> {
public:
    template <auto Method, typename C> static Delegate to(C *object) {
        Delegate d;
        d.object_ = object;
        d.call_ = [](void *o, A... a) -> R { return (static_cast<C *>(o)->*Method)(a...); };
        return d;
    }
    R operator()(A... a) const {
        return call_(object_, a...);
    }

private:
    void *object_ = nullptr;
    R (*call_)(void *, A...) = nullptr;
};

struct Motor {
    int position = 0;
    int move(int by) {
        position += by;
        return position;
    }
    int home(int) {
        int was = position;
        position = 0;
        return was;
    }
};

class State {
public:
    virtual State *tick(int input) = 0;
};

class Closed : public State {
public:
    State *tick(int input) override;
};
class Opening : public State {
public:
    State *tick(int input) override;
    int progress = 0;
};
class Open : public State {
public:
    State *tick(int input) override;
    int patience = 0;
};

Closed closed;
Opening opening;
Open open_;

State *Closed::tick(int input) {
    if (input % 4 == 0) {
        opening.progress = 0;
        return &opening;
    }
    return this;
}

State *Opening::tick(int input) {
    progress += input & 3;
    if (progress > 9) {
        open_.patience = 6;
        return &open_;
    }
    return this;
}

State *Open::tick(int) {
    note(77);
    return --patience ? static_cast<State *>(this) : &closed;
}

} // namespace

int main() {
    volatile int rounds = 300;
    Subject sensor, panel;
    Average average;
    Alarm low(20, &panel), high(60, &panel);
    Average shown;
    sensor.attach(average);
    sensor.attach(low);
    sensor.attach(high);
    panel.attach(shown);
    Motor motors[2];
    using Action = Delegate<int(int)>;
    Action actions[4] = {Action::to<&Motor::move>(&motors[0]), Action::to<&Motor::home>(&motors[0]),
                         Action::to<&Motor::move>(&motors[1]), Action::to<&Motor::home>(&motors[1])};
    Shared slots[8];
    State *door = &closed;
    uint32_t x = 5;
    for (int i = 0; i < rounds; ++i) {
        x = x * 69069u + 1u;
        int v = static_cast<int>(x >> 24);
        sensor.set(v / 3);
        slots[v & 7] = Shared(v);
        slots[(v >> 2) & 7] = slots[(v >> 4) & 7];
        Shared kept = static_cast<Shared &&>(slots[i & 7]);
        if (kept)
            note(static_cast<uint32_t>(kept->value + kept->owners));
        note(static_cast<uint32_t>(actions[(v >> 3) & 3](v - 100)));
        door = door->tick(v);
    }
    for (Shared &s : slots)
        s = Shared();
    if (nodes.live())
        return 2;
    return TRAIN_EXPECT(digest, 0x906c3f1au);
}

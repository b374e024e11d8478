// SPDX-License-Identifier: Apache-2.0
// Graphs: topological order, shortest paths with a binary heap, union-find spanning tree, maze search.
#include "train.h"

enum { NODES = 80, EDGES = 480 };

typedef struct {
    uint8_t from, to;
    uint16_t cost;
    int16_t next; // of the same source
} Edge;

static Edge edges[EDGES];
static int16_t first[NODES];
static uint32_t distance[NODES];
static uint8_t heap[NODES], where[NODES], heap_size;
static uint8_t parent[NODES], degree[NODES];

static void swap_heap(int a, int b) {
    uint8_t t = heap[a];
    heap[a] = heap[b];
    heap[b] = t;
    where[heap[a]] = (uint8_t)a;
    where[heap[b]] = (uint8_t)b;
}

static void up(int i) {
    while (i > 0 && distance[heap[i]] < distance[heap[(i - 1) / 2]]) {
        swap_heap(i, (i - 1) / 2);
        i = (i - 1) / 2;
    }
}

static void down(int i) {
    for (;;) {
        int l = 2 * i + 1, r = l + 1, m = i;
        if (l < heap_size && distance[heap[l]] < distance[heap[m]])
            m = l;
        if (r < heap_size && distance[heap[r]] < distance[heap[m]])
            m = r;
        if (m == i)
            return;
        swap_heap(i, m);
        i = m;
    }
}

static void shortest(int source) {
    heap_size = NODES;
    for (int i = 0; i < NODES; ++i) {
        distance[i] = i == source ? 0 : UINT32_MAX / 2;
        heap[i] = where[i] = (uint8_t)i;
    }
    up(source);
    while (heap_size) {
        uint8_t u = heap[0];
        swap_heap(0, --heap_size);
        down(0);
        for (int e = first[u]; e >= 0; e = edges[e].next) {
            uint32_t d = distance[u] + edges[e].cost;
            if (d < distance[edges[e].to]) {
                distance[edges[e].to] = d;
                up(where[edges[e].to]);
            }
        }
    }
}

static uint32_t topological(void) { // over the edges that go up
    uint8_t queue[NODES];
    unsigned head = 0, tail = 0;
    uint32_t digest = 0;
    for (int i = 0; i < NODES; ++i)
        degree[i] = 0;
    for (int e = 0; e < EDGES; ++e)
        if (edges[e].from < edges[e].to)
            ++degree[edges[e].to];
    for (int i = 0; i < NODES; ++i)
        if (!degree[i])
            queue[tail++] = (uint8_t)i;
    while (head < tail) {
        uint8_t u = queue[head++];
        digest = digest * 31 + u;
        for (int e = first[u]; e >= 0; e = edges[e].next)
            if (edges[e].to > u && --degree[edges[e].to] == 0)
                queue[tail++] = edges[e].to;
    }
    return tail == NODES ? digest : 0;
}

static uint8_t find(uint8_t v) {
    while (parent[v] != v) {
        parent[v] = parent[parent[v]];
        v = parent[v];
    }
    return v;
}

static uint32_t spanning_cost(void) {
    static uint16_t order[EDGES];
    for (int i = 0; i < EDGES; ++i) {
        int j = i;
        for (; j > 0 && edges[order[j - 1]].cost > edges[i].cost; --j)
            order[j] = order[j - 1];
        order[j] = (uint16_t)i;
    }
    for (int i = 0; i < NODES; ++i)
        parent[i] = (uint8_t)i;
    uint32_t total = 0;
    for (int i = 0; i < EDGES; ++i) {
        Edge *e = &edges[order[i]];
        uint8_t a = find(e->from), b = find(e->to);
        if (a != b) {
            parent[a] = b;
            total += e->cost;
        }
    }
    return total;
}

static uint8_t maze[21][33];

static int solve_maze(uint32_t *x) {
    static uint16_t queue[21 * 33];
    int head = 0, tail = 0;
    for (int r = 0; r < 21; ++r)
        for (int c = 0; c < 33; ++c) {
            *x = *x * 1664525u + 1013904223u;
            maze[r][c] = *x >> 30 == 0 && r + c > 0 ? 255 : 0;
        }
    maze[0][0] = 1;
    queue[tail++] = 0;
    while (head < tail) {
        static const int8_t steps[4][2] = {{0, 1}, {1, 0}, {0, -1}, {-1, 0}};
        int r = queue[head] / 33, c = queue[head] % 33;
        ++head;
        for (int d = 0; d < 4; ++d) {
            int rr = r + steps[d][0], cc = c + steps[d][1];
            if (rr >= 0 && rr < 21 && cc >= 0 && cc < 33 && !maze[rr][cc]) {
                maze[rr][cc] = (uint8_t)(maze[r][c] % 250 + 1);
                queue[tail++] = (uint16_t)(rr * 33 + cc);
            }
        }
    }
    return tail + maze[20][32];
}

int main(void) {
    volatile uint32_t start = 1357;
    uint32_t x = start, digest = 0;
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < NODES; ++i)
            first[i] = -1;
        for (int e = 0; e < EDGES; ++e) {
            x = x * 1664525u + 1013904223u;
            Edge *g = &edges[e];
            g->from = (uint8_t)(e < NODES ? e : (int)((x >> 24) % NODES));
            g->to = (uint8_t)(e < NODES ? (e + 1) % NODES : (int)((x >> 12 & 0xff) % NODES));
            g->cost = (uint16_t)((x >> 3) % 900 + 1);
            g->next = first[g->from];
            first[g->from] = (int16_t)e;
        }
        for (int s = 0; s < NODES; s += 23) {
            shortest(s);
            for (int i = 0; i < NODES; ++i)
                digest = digest * 3 + distance[i];
        }
        digest = digest * 7 + topological() + spanning_cost();
        digest += (uint32_t)solve_maze(&x);
    }
    return TRAIN_EXPECT(digest, 0x7e1925d8u);
}

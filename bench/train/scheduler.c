// SPDX-License-Identifier: Apache-2.0
// A cooperative scheduler: timer wheel, priority queue of events, tasks as state functions behind pointers.
#include "train.h"

typedef struct Timer Timer;
struct Timer {
    Timer *next;
    uint32_t due;
    bool armed;
    void (*fire)(Timer *);
    void *owner;
};

#define SPOKES 32

static Timer *wheel[SPOKES];
static uint32_t clock_now;
static uint32_t digest;

static bool timer_stop(Timer *t) {
    if (!t->armed)
        return false;
    Timer **p = &wheel[t->due % SPOKES];
    while (*p != t)
        p = &(*p)->next;
    *p = t->next;
    t->armed = false;
    return true;
}

static void timer_start(Timer *t, uint32_t delay) {
    timer_stop(t);
    t->due = clock_now + (delay ? delay : 1);
    t->armed = true;
    Timer **spoke = &wheel[t->due % SPOKES];
    t->next = *spoke;
    *spoke = t;
}

static void tick(void) {
    ++clock_now;
    Timer **p = &wheel[clock_now % SPOKES];
    Timer *ready = NULL;
    while (*p) {
        Timer *t = *p;
        if (t->due == clock_now) {
            *p = t->next;
            t->armed = false;
            t->next = ready;
            ready = t;
        } else {
            p = &t->next;
        }
    }
    while (ready) {
        Timer *t = ready;
        ready = t->next;
        t->next = NULL;
        t->fire(t); // only posts events: nothing is armed or stopped in here
    }
}

typedef struct {
    uint16_t priority;
    uint8_t source, what;
} Event;

static Event queue[64];
static int queued;

static void post(uint16_t priority, uint8_t source, uint8_t what) {
    if (queued == 64)
        return;
    int i = queued++;
    while (i > 0 && queue[i / 2].priority < priority) {
        queue[i] = queue[i / 2];
        i /= 2;
    }
    queue[i] = (Event){priority, source, what};
}

static bool take(Event *out) {
    if (!queued)
        return false;
    int best = 0;
    for (int i = 1; i < queued; ++i)
        if (queue[i].priority > queue[best].priority)
            best = i;
    *out = queue[best];
    queue[best] = queue[--queued];
    return true;
}

typedef struct Task Task;
typedef void (*State)(Task *, uint8_t);
struct Task {
    State state;
    Timer timer;
    uint32_t count;
    uint8_t id;
};

static Task tasks[10];

static void idle(Task *, uint8_t);
static void working(Task *, uint8_t);
static void resting(Task *, uint8_t);

static void idle(Task *t, uint8_t what) {
    if (what == 1) {
        t->state = working;
        timer_start(&t->timer, 5u + t->id);
    }
}

static void working(Task *t, uint8_t what) {
    t->count += what + 1u;
    if (what == 2) {
        t->state = resting;
        timer_start(&t->timer, 40u - t->id);
        post((uint16_t)(t->count & 7), (uint8_t)((t->id + 3) % 10), 1);
    } else if (what == 3 && timer_stop(&t->timer)) {
        t->state = idle;
        timer_start(&t->timer, 70);
    }
}

static void resting(Task *t, uint8_t what) {
    if (what == 2) {
        t->state = idle;
        post(9, t->id, 1);
    } else {
        digest = digest * 3 + t->id;
    }
}

static void timer_event(Timer *t) {
    Task *task = t->owner;
    post((uint16_t)(task->id * 5 % 11), task->id, task->state == idle ? 1 : 2);
}

int main(void) {
    volatile uint32_t ticks = 5000;
    for (uint8_t i = 0; i < 10; ++i) {
        tasks[i] = (Task){.state = idle, .id = i};
        tasks[i].timer.fire = timer_event;
        tasks[i].timer.owner = &tasks[i];
        timer_start(&tasks[i].timer, i * 3u + 1);
    }
    for (uint32_t n = ticks; n; --n) {
        Event e;
        tick();
        if (n % 19 == 0)
            post(6, (uint8_t)(n % 10), 3);
        for (int budget = 3; budget && take(&e); --budget) {
            tasks[e.source].state(&tasks[e.source], e.what);
            digest = (digest << 3 | digest >> 29) ^ (uint32_t)(e.source << 8 | e.what);
        }
    }
    for (int i = 0; i < 10; ++i)
        digest += tasks[i].count * (uint32_t)(i + 1);
    return TRAIN_EXPECT(digest, 0x02524381u);
}

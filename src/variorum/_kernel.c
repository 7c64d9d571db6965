/* The inner loops of multiple alignment; the plain Python of
 * `pairwise.py` and `multiple/profiles.py` is their oracle.
 *
 * Everything is counted in integers, so that this and the plain way agree to the bit
 * on every machine.  Arrays come in and go out through the buffer protocol: int32
 * unless said otherwise.  See there for the meaning of every cost.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const int32_t *key, *weight, *kind, *offset;
    const uint32_t *chars;
    uint64_t *mask;
    int32_t n;
    /* costs, in the order of profiles.Costs */
    int32_t open, pairing, same_key, chance, marks, numbers;
    /* cache of likeness, open addressing */
    uint64_t *names;
    int32_t *values;
    size_t room, used;
} Symbols;

typedef struct {
    const int32_t *offset, *symbol, *count;
    int32_t columns, members;
} Profile;

static int64_t levenshtein(const uint32_t *a, int m, const uint32_t *b, int n)
{
    int32_t small[129];
    int32_t *row = m < 128 ? small : malloc(sizeof(int32_t) * (size_t)(m + 1));
    if (!row) return -1;
    for (int i = 0; i <= m; i++) row[i] = i;
    for (int j = 1; j <= n; j++) {
        int32_t corner = row[0];
        row[0] = j;
        for (int i = 1; i <= m; i++) {
            int32_t best = corner + (a[i - 1] != b[j - 1]);
            corner = row[i];
            if (row[i - 1] + 1 < best) best = row[i - 1] + 1;
            if (corner + 1 < best) best = corner + 1;
            row[i] = best;
        }
    }
    int64_t out = row[m];
    if (row != small) free(row);
    return out;
}

static int64_t measured(const Symbols *s, int32_t x, int32_t y)
{
    int m = s->offset[x + 1] - s->offset[x], n = s->offset[y + 1] - s->offset[y];
    int longer = m > n ? m : n;
    if (longer == 0) return 0;
    int other = m > n ? m - n : n - m, bound = other;
    int only = __builtin_popcountll(s->mask[x] & ~s->mask[y]);
    if (only > bound) bound = only;
    only = __builtin_popcountll(s->mask[y] & ~s->mask[x]);
    if (only > bound) bound = only;
    if (bound > 1 && 1000 - (int64_t)500 * (2 * bound + other) / longer < s->chance) return 0;
    int64_t distance = levenshtein(s->chars + s->offset[x], m, s->chars + s->offset[y], n);
    if (distance < 0) return -1;
    int64_t like = 1000 - 1000 * distance / longer;
    return distance > 1 && 1000 - 500 * (2 * distance + other) / longer < s->chance ? 0 : like;
}

static int grow(Symbols *s)
{
    size_t room = s->room ? s->room * 2 : 4096;
    uint64_t *names = malloc(sizeof(uint64_t) * room);
    int32_t *values = malloc(sizeof(int32_t) * room);
    if (!names || !values) { free(names); free(values); return -1; }
    memset(names, 0xff, sizeof(uint64_t) * room);
    for (size_t i = 0; i < s->room; i++) {
        if (s->names[i] == UINT64_MAX) continue;
        size_t at = (size_t)(s->names[i] * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (room - 1);
        while (names[at] != UINT64_MAX) at = (at + 1) & (room - 1);
        names[at] = s->names[i];
        values[at] = s->values[i];
    }
    free(s->names); free(s->values);
    s->names = names; s->values = values; s->room = room;
    return 0;
}

/* Likeness of two words in thousandths, below `chance` nothing. -1: no memory. */
static int64_t likeness(Symbols *s, int32_t x, int32_t y)
{
    if (s->key[x] > s->key[y]) { int32_t z = x; x = y; y = z; }
    uint64_t name = (uint64_t)(uint32_t)s->key[x] << 32 | (uint32_t)s->key[y];
    if (s->used * 2 >= s->room && grow(s) < 0) return -1;
    size_t at = (size_t)(name * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (s->room - 1);
    while (s->names[at] != UINT64_MAX) {
        if (s->names[at] == name) return s->values[at];
        at = (at + 1) & (s->room - 1);
    }
    int64_t like = measured(s, x, y);
    if (like < 0) return -1;
    s->names[at] = name; s->values[at] = (int32_t)like; s->used++;
    return like;
}

/* What it costs that two symbols stand beside one another. -1: no memory. */
static int64_t apart(Symbols *s, int32_t x, int32_t y)
{
    if (x == y) return 0;
    int64_t both = (int64_t)s->weight[x] + s->weight[y];
    if (s->key[x] == s->key[y]) return s->same_key * both;
    int mark_x = s->kind[x] == 0, mark_y = s->kind[y] == 0;
    if (mark_x && mark_y) return s->marks * both;
    if (mark_x || mark_y) return (1000 + s->pairing) * both;
    int64_t like = likeness(s, x, y);
    if (like < 0) return -1;
    if (s->kind[x] == 2 && s->kind[y] == 2 && like < s->numbers) like = s->numbers;
    return (1000 - like) * (both - s->pairing);
}

typedef struct { int64_t gaps; int32_t present; } Summary;

static void summarise(const Symbols *s, const Profile *p, int32_t column, Summary *out)
{
    out->gaps = 0; out->present = 0;
    for (int32_t i = p->offset[column]; i < p->offset[column + 1]; i++) {
        out->gaps += (int64_t)1000 * s->weight[p->symbol[i]] * p->count[i];
        out->present += p->count[i];
    }
}

/* profiles.VOICES */
#define VOICES 3

static int64_t together(Symbols *s, const Profile *a, int32_t i, const Summary *si,
                        const Profile *b, int32_t j, const Summary *sj)
{
    int64_t sum = 0, seen_a = 0, seen_b = 0;
    int32_t end_a = a->offset[i + 1], end_b = b->offset[j + 1];
    if (end_a - a->offset[i] > VOICES) end_a = a->offset[i] + VOICES;
    if (end_b - b->offset[j] > VOICES) end_b = b->offset[j] + VOICES;
    for (int32_t y = b->offset[j]; y < end_b; y++) seen_b += b->count[y];
    for (int32_t x = a->offset[i]; x < end_a; x++) {
        seen_a += a->count[x];
        for (int32_t y = b->offset[j]; y < end_b; y++) {
            int64_t cost = apart(s, a->symbol[x], b->symbol[y]);
            if (cost < 0) return -1;
            sum += cost * a->count[x] * b->count[y];
        }
    }
    if (seen_a < si->present || seen_b < sj->present)
        sum = sum / (seen_a * seen_b) * si->present * sj->present;
    return sum + si->gaps * (b->members - sj->present) + sj->gaps * (a->members - si->present);
}

#define FAR ((int64_t)1 << 60)

/* Gotoh's alignment of a[i0:i1] with b[j0:j1]; appends the pairs to out. */
static int settle(Symbols *s, const Profile *a, int32_t i0, int32_t i1,
                  const Profile *b, int32_t j0, int32_t j1, int32_t *out, Py_ssize_t *length)
{
    int32_t m = i1 - i0, n = j1 - j0;
    if (m == 0 || n == 0) {
        for (int32_t i = i0; i < i1; i++) { out[2 * *length] = i; out[2 * (*length)++ + 1] = -1; }
        for (int32_t j = j0; j < j1; j++) { out[2 * *length] = -1; out[2 * (*length)++ + 1] = j; }
        return 0;
    }
    size_t wide = (size_t)n + 1;
    int64_t *cost = malloc(sizeof(int64_t) * wide * 6);
    uint8_t *from = malloc(wide * (size_t)(m + 1));
    Summary *sb = malloc(sizeof(Summary) * (size_t)n);
    int32_t *path = malloc(sizeof(int32_t) * 2 * (size_t)(m + n));
    if (!cost || !from || !sb || !path) { free(cost); free(from); free(sb); free(path); return -1; }
    int64_t *M = cost, *X = M + wide, *Y = X + wide, *M2 = Y + wide, *X2 = M2 + wide, *Y2 = X2 + wide;
    for (int32_t j = 0; j < n; j++) summarise(s, b, j0 + j, sb + j);
    M[0] = 0; X[0] = Y[0] = FAR; from[0] = 0;
    for (int32_t j = 1; j <= n; j++) {
        Summary *y = sb + j - 1;
        int64_t open = (int64_t)s->open * 1000 * y->present * a->members, ext = y->gaps * a->members;
        int64_t best = M[j - 1] + open;
        int way = 0;
        if (Y[j - 1] <= best) { best = Y[j - 1]; way = 2; }
        M[j] = X[j] = FAR;
        Y[j] = best + ext;
        from[j] = (uint8_t)(way << 4);
    }
    int failed = 0;
    for (int32_t i = 1; i <= m && !failed; i++) {
        Summary x;
        summarise(s, a, i0 + i - 1, &x);
        int64_t open_x = (int64_t)s->open * 1000 * x.present * b->members, ext_x = x.gaps * b->members;
        for (int32_t j = 0; j <= n; j++) {
            /* bits 0-1: state before M; 2-3: before X; 4-5: before Y.  States: 0 M, 1 X, 2 Y. */
            int way_m = 0, way_x = 0, way_y = 0;
            int64_t best = X[j];
            way_x = 1;
            if (Y[j] + open_x < best) { best = Y[j] + open_x; way_x = 2; }
            if (M[j] + open_x < best) { best = M[j] + open_x; way_x = 0; }
            X2[j] = best + ext_x;
            if (j == 0) { M2[0] = Y2[0] = FAR; from[(size_t)i * wide] = (uint8_t)(way_x << 2); continue; }
            best = X[j - 1];
            way_m = 1;
            if (Y[j - 1] < best) { best = Y[j - 1]; way_m = 2; }
            if (M[j - 1] < best) { best = M[j - 1]; way_m = 0; }
            int64_t pair = together(s, a, i0 + i - 1, &x, b, j0 + j - 1, sb + j - 1);
            if (pair < 0) { failed = 1; break; }
            M2[j] = best + pair;
            Summary *y = sb + j - 1;
            int64_t open_y = (int64_t)s->open * 1000 * y->present * a->members;
            best = X2[j - 1] + open_y;
            way_y = 1;
            if (Y2[j - 1] < best) { best = Y2[j - 1]; way_y = 2; }
            if (M2[j - 1] + open_y < best) { best = M2[j - 1] + open_y; way_y = 0; }
            Y2[j] = best + y->gaps * a->members;
            from[(size_t)i * wide + j] = (uint8_t)(way_m | way_x << 2 | way_y << 4);
        }
        int64_t *t;
        t = M; M = M2; M2 = t;  t = X; X = X2; X2 = t;  t = Y; Y = Y2; Y2 = t;
    }
    if (!failed) {
        int state = 1;
        int64_t best = X[n];
        if (Y[n] < best) { best = Y[n]; state = 2; }
        if (M[n] < best) state = 0;
        int32_t i = m, j = n;
        Py_ssize_t steps = 0;
        while (i > 0 || j > 0) {
            uint8_t ways = from[(size_t)i * wide + j];
            int before;
            if (state == 0) { before = ways & 3; i--; j--; path[2 * steps] = i0 + i; path[2 * steps + 1] = j0 + j; }
            else if (state == 1) { before = ways >> 2 & 3; i--; path[2 * steps] = i0 + i; path[2 * steps + 1] = -1; }
            else { before = ways >> 4 & 3; j--; path[2 * steps] = -1; path[2 * steps + 1] = j0 + j; }
            steps++;
            state = before;
        }
        while (steps-- > 0) {
            out[2 * *length] = path[2 * steps];
            out[2 * (*length)++ + 1] = path[2 * steps + 1];
        }
    }
    free(cost); free(from); free(sb); free(path);
    return failed ? -1 : 0;
}

static void release(Py_buffer *views, int n) { for (int i = 0; i < n; i++) PyBuffer_Release(views + i); }

static int take(PyObject *sequence, Py_buffer *views, int n)
{
    for (int i = 0; i < n; i++) {
        PyObject *item = PyTuple_GetItem(sequence, i);
        if (!item || PyObject_GetBuffer(item, views + i, PyBUF_C_CONTIGUOUS) < 0) { release(views, i); return -1; }
    }
    return 0;
}

static int profile_of(Py_buffer *views, int32_t members, Profile *p)
{
    p->offset = views[0].buf; p->symbol = views[1].buf; p->count = views[2].buf;
    p->columns = (int32_t)(views[0].len / 4) - 1;
    p->members = members;
    return 0;
}

static void masks(Symbols *s)
{
    for (int32_t i = 0; i < s->n; i++) {
        uint64_t mask = 0;
        for (int32_t c = s->offset[i]; c < s->offset[i + 1]; c++)
            mask |= UINT64_C(1) << (s->chars[c] * UINT32_C(2654435761) >> 26);
        s->mask[i] = mask;
    }
}

static const char COMPARER[] = "variorum._kernel.comparer";

typedef struct { Symbols symbols; Py_buffer views[5]; } Comparer;

static void forget(PyObject *capsule)
{
    Comparer *c = PyCapsule_GetPointer(capsule, COMPARER);
    if (!c) return;
    free(c->symbols.mask); free(c->symbols.names); free(c->symbols.values);
    release(c->views, 5);
    free(c);
}

static const char comparer_doc[] =
    "comparer(symbols, costs) -> what merge compares with; it remembers likenesses.\n\n"
    "symbols: (key, weight, kind, offset, chars uint32); costs: 6 ints.";

static PyObject *comparer(PyObject *self, PyObject *args)
{
    PyObject *symbols;
    Comparer *c = calloc(1, sizeof(Comparer));
    if (!c) return PyErr_NoMemory();
    Symbols *s = &c->symbols;
    if (!PyArg_ParseTuple(args, "O!(iiiiii)", &PyTuple_Type, &symbols, &s->open, &s->pairing,
                          &s->same_key, &s->chance, &s->marks, &s->numbers)
        || take(symbols, c->views, 5) < 0) { free(c); return NULL; }
    s->key = c->views[0].buf; s->weight = c->views[1].buf; s->kind = c->views[2].buf;
    s->offset = c->views[3].buf; s->chars = c->views[4].buf;
    s->n = (int32_t)(c->views[0].len / 4);
    s->mask = malloc(sizeof(uint64_t) * (size_t)(s->n + 1));
    PyObject *capsule = NULL;
    if (!s->mask || grow(s) < 0) PyErr_NoMemory();
    else {
        masks(s);
        capsule = PyCapsule_New(c, COMPARER, forget);
    }
    if (!capsule) { free(s->mask); free(s->names); free(s->values); release(c->views, 5); free(c); }
    return capsule;
}

static const char merge_doc[] =
    "merge(comparer, a, members_a, b, members_b, chain) -> bytes of int32 pairs\n\n"
    "a, b: (offset, symbol, count); chain: rows (i, j, length) of columns known to match.";

static PyObject *merge(PyObject *self, PyObject *args)
{
    PyObject *capsule, *profile_a, *profile_b, *chain;
    int ka, kb;
    if (!PyArg_ParseTuple(args, "OO!iO!iO", &capsule, &PyTuple_Type, &profile_a, &ka,
                          &PyTuple_Type, &profile_b, &kb, &chain))
        return NULL;
    Comparer *c = PyCapsule_GetPointer(capsule, COMPARER);
    if (!c) return NULL;
    Py_buffer va[3], vb[3], vc;
    if (take(profile_a, va, 3) < 0) return NULL;
    if (take(profile_b, vb, 3) < 0) { release(va, 3); return NULL; }
    if (PyObject_GetBuffer(chain, &vc, PyBUF_C_CONTIGUOUS) < 0) { release(va, 3); release(vb, 3); return NULL; }
    Profile a, b;
    profile_of(va, ka, &a);
    profile_of(vb, kb, &b);
    const int32_t *links = vc.buf;
    Py_ssize_t n = vc.len / 12, length = 0;
    int32_t *out = malloc(sizeof(int32_t) * 2 * ((size_t)a.columns + (size_t)b.columns + 1));
    int failed = !out;
    int32_t i = 0, j = 0;
    for (Py_ssize_t link = 0; link <= n && !failed; link++) {
        int32_t stop_i = link < n ? links[3 * link] : a.columns, stop_j = link < n ? links[3 * link + 1] : b.columns;
        failed = settle(&c->symbols, &a, i, stop_i, &b, j, stop_j, out, &length) < 0;
        int32_t run = link < n ? links[3 * link + 2] : 0;
        for (int32_t r = 0; r < run; r++) {
            out[2 * length] = stop_i + r;
            out[2 * length++ + 1] = stop_j + r;
        }
        i = stop_i + run; j = stop_j + run;
    }
    PyObject *result = failed ? PyErr_NoMemory() : PyBytes_FromStringAndSize((const char *)out, length * 8);
    free(out);
    release(va, 3); release(vb, 3); PyBuffer_Release(&vc);
    return result;
}

/* By falling count, then by rising number. */
static void arrange(int32_t *symbol, int32_t *count, int32_t begin, int32_t end)
{
    for (int32_t x = begin + 1; x < end; x++) {
        int32_t sx = symbol[x], cx = count[x], at = x;
        while (at > begin && (count[at - 1] < cx || (count[at - 1] == cx && symbol[at - 1] > sx))) {
            symbol[at] = symbol[at - 1]; count[at] = count[at - 1]; at--;
        }
        symbol[at] = sx; count[at] = cx;
    }
}

static const char fuse_doc[] =
    "fuse(a, b, pairs) -> (offset, symbol, count) as bytes: the profile of the aligned columns.\n"
    "In each column symbols stand by falling count, then by rising number.";

static PyObject *fuse(PyObject *self, PyObject *args)
{
    PyObject *profile_a, *profile_b, *pairs;
    if (!PyArg_ParseTuple(args, "O!O!O", &PyTuple_Type, &profile_a, &PyTuple_Type, &profile_b, &pairs)) return NULL;
    Py_buffer va[3], vb[3], vp;
    if (take(profile_a, va, 3) < 0) return NULL;
    if (take(profile_b, vb, 3) < 0) { release(va, 3); return NULL; }
    if (PyObject_GetBuffer(pairs, &vp, PyBUF_C_CONTIGUOUS) < 0) { release(va, 3); release(vb, 3); return NULL; }
    Profile side[2];
    profile_of(va, 0, side);
    profile_of(vb, 0, side + 1);
    const int32_t *path = vp.buf;
    Py_ssize_t n = vp.len / 8;
    size_t most = (size_t)(va[1].len + vb[1].len) / 4 + 1;
    int32_t *offset = malloc(4 * (size_t)(n + 1)), *symbol = malloc(4 * most), *count = malloc(4 * most);
    PyObject *result = NULL;
    if (!offset || !symbol || !count) PyErr_NoMemory();
    else {
        int32_t end = 0;
        offset[0] = 0;
        for (Py_ssize_t c = 0; c < n; c++) {
            int32_t begin = end;
            for (int which = 0; which < 2; which++) {
                int32_t column = path[2 * c + which];
                if (column < 0) continue;
                for (int32_t x = side[which].offset[column]; x < side[which].offset[column + 1]; x++) {
                    int32_t at = begin;
                    while (at < end && symbol[at] != side[which].symbol[x]) at++;
                    if (at < end) count[at] += side[which].count[x];
                    else { symbol[end] = side[which].symbol[x]; count[end++] = side[which].count[x]; }
                }
            }
            arrange(symbol, count, begin, end);
            offset[c + 1] = end;
        }
        result = Py_BuildValue("y#y#y#", (char *)offset, (Py_ssize_t)(4 * (n + 1)), (char *)symbol,
                               (Py_ssize_t)(4 * (Py_ssize_t)end), (char *)count, (Py_ssize_t)(4 * (Py_ssize_t)end));
    }
    free(offset); free(symbol); free(count);
    release(va, 3); release(vb, 3); PyBuffer_Release(&vp);
    return result;
}

static const char tally_doc[] =
    "tally(rows, members, skip) -> (offset, symbol, count) as bytes: the profile of a table of\n"
    "symbols (columns x members, -1 for nothing) without member `skip` (-1: with all).\n"
    "Columns may come out empty; symbols stand as fuse leaves them.";

static PyObject *tally(PyObject *self, PyObject *args)
{
    PyObject *rows;
    int members, skip;
    if (!PyArg_ParseTuple(args, "Oii", &rows, &members, &skip)) return NULL;
    Py_buffer v;
    if (PyObject_GetBuffer(rows, &v, PyBUF_C_CONTIGUOUS) < 0) return NULL;
    const int32_t *table = v.buf;
    Py_ssize_t columns = members ? v.len / 4 / members : 0;
    size_t most = (size_t)(v.len / 4) + 1;
    int32_t *offset = malloc(4 * (size_t)(columns + 1)), *symbol = malloc(4 * most), *count = malloc(4 * most);
    PyObject *result = NULL;
    if (!offset || !symbol || !count) PyErr_NoMemory();
    else {
        int32_t end = 0;
        offset[0] = 0;
        for (Py_ssize_t c = 0; c < columns; c++) {
            int32_t begin = end;
            for (int m = 0; m < members; m++) {
                int32_t here = table[c * members + m];
                if (m == skip || here < 0) continue;
                int32_t at = begin;
                while (at < end && symbol[at] != here) at++;
                if (at == end) { symbol[end] = here; count[end++] = 0; }
                count[at]++;
            }
            arrange(symbol, count, begin, end);
            offset[c + 1] = end;
        }
        result = Py_BuildValue("y#y#y#", (char *)offset, (Py_ssize_t)(4 * (columns + 1)), (char *)symbol,
                               (Py_ssize_t)(4 * (Py_ssize_t)end), (char *)count, (Py_ssize_t)(4 * (Py_ssize_t)end));
    }
    free(offset); free(symbol); free(count);
    PyBuffer_Release(&v);
    return result;
}

typedef struct { int32_t *at; Py_ssize_t used, room; } Rows; /* of three numbers each */

static int push(Rows *rows, int32_t x, int32_t y, int32_t z)
{
    if (rows->used == rows->room) {
        Py_ssize_t room = rows->room ? rows->room * 2 : 256;
        int32_t *more = realloc(rows->at, 12 * (size_t)room);
        if (!more) return -1;
        rows->at = more; rows->room = room;
    }
    int32_t *row = rows->at + 3 * rows->used++;
    row[0] = x; row[1] = y; row[2] = z;
    return 0;
}

typedef struct { uint64_t hash; int32_t a, b; } Gram; /* places; -1 none yet, -2 several */

static uint64_t gram_of(const int32_t *ids, int size)
{
    uint64_t hash = 0;
    for (int i = 0; i < size; i++) hash = hash * UINT64_C(0x9E3779B97F4A7C15) + (uint32_t)ids[i] + 1;
    return hash;
}

static Gram *slot_of(Gram *grams, size_t room, uint64_t hash)
{
    size_t at = (size_t)((hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (room - 1);
    while ((grams[at].a != -1 || grams[at].b != -1) && grams[at].hash != hash) at = (at + 1) & (room - 1);
    grams[at].hash = hash;
    return grams + at;
}

/* Runs of n-grams that occur once on either side. */
static int runs_of(const int32_t *a, int32_t m, const int32_t *b, int32_t n, int size, Rows *runs)
{
    if (m < size || n < size) return 0;
    int32_t ca = m - size + 1, cb = n - size + 1;
    size_t room = 16;
    while (room < 2 * ((size_t)ca + (size_t)cb)) room *= 2;
    Gram *grams = malloc(sizeof(Gram) * room);
    Gram **slots = malloc(sizeof(Gram *) * (size_t)ca);
    if (!grams || !slots) { free(grams); free(slots); return -1; }
    for (size_t i = 0; i < room; i++) grams[i].a = grams[i].b = -1;
    for (int32_t i = 0; i < ca; i++) {
        Gram *gram = slots[i] = slot_of(grams, room, gram_of(a + i, size));
        gram->a = gram->a == -1 ? i : -2;
    }
    for (int32_t j = 0; j < cb; j++) {
        Gram *gram = slot_of(grams, room, gram_of(b + j, size));
        gram->b = gram->b == -1 ? j : -2;
    }
    int failed = 0;
    int32_t last_i = -2, last_j = -2;
    for (int32_t i = 0; i < ca && !failed; i++) {
        Gram *gram = slots[i];
        if (gram->a < 0 || gram->b < 0 || memcmp(a + i, b + gram->b, 4 * (size_t)size)) continue;
        if (i == last_i + 1 && gram->b == last_j + 1) runs->at[3 * runs->used - 1]++;
        else failed = push(runs, i, gram->b, size) < 0;
        last_i = i; last_j = gram->b;
    }
    free(grams); free(slots);
    return failed ? -1 : 0;
}

static int64_t jump_of(int64_t steps, int half, int most)
{
    int64_t jump = (steps < 0 ? -steps : steps) * half;
    return jump > most ? most : jump;
}

/* Numbers of the runs of the best chain from corner to corner, at the end of `heads`; how many, or -1. */
static Py_ssize_t risen(const Rows *runs, int32_t m, int32_t n_b, int look, int half, int most, int32_t *heads)
{
    const int32_t *run = runs->at;
    Py_ssize_t n = runs->used, front = 0, length = 0;
    int64_t *best = malloc(sizeof(int64_t) * (size_t)(n + 1)), top = 0;
    int32_t *before = malloc(4 * (size_t)(n + 1)), last = -1;
    if (!best || !before) { free(best); free(before); return -1; }
    for (int32_t r = 0; r < n; r++) {
        const int32_t *here = run + 3 * r;
        int64_t weight = 2 * (int64_t)here[2], reach = -jump_of(here[0] - here[1], half, most);
        before[r] = -1;
        /* the best of all that came before on both sides, at the dearest jump */
        Py_ssize_t low = 0, high = front;
        while (low < high) {
            Py_ssize_t middle = (low + high) / 2;
            if (run[3 * heads[middle] + 1] < here[1]) low = middle + 1; else high = middle;
        }
        if (low > 0 && best[heads[low - 1]] - most > reach) {
            before[r] = heads[low - 1];
            reach = best[before[r]] - most;
        }
        for (int32_t q = r - 1; q >= 0 && q >= r - look; q--) {
            const int32_t *there = run + 3 * q;
            if (there[1] >= here[1]) continue;
            int64_t jump = jump_of((int64_t)(here[0] - here[1]) - (there[0] - there[1]), half, most);
            if (best[q] - jump > reach) { reach = best[q] - jump; before[r] = q; }
        }
        best[r] = weight + reach;
        int64_t total = best[r] - jump_of((int64_t)(here[0] - here[1]) - (m - n_b), half, most);
        if (total > top) { top = total; last = r; }
        if (low > 0 && best[heads[low - 1]] >= best[r]) continue;
        Py_ssize_t stop = low;
        while (stop < front && best[heads[stop]] <= best[r]) stop++;
        if (stop == low) {
            if (low < front && run[3 * heads[low] + 1] == here[1]) continue;
            memmove(heads + low + 1, heads + low, 4 * (size_t)(front - low));
            front++;
        } else {
            memmove(heads + low + 1, heads + stop, 4 * (size_t)(front - stop));
            front -= stop - low - 1;
        }
        heads[low] = r;
    }
    for (; last >= 0; last = before[last]) heads[n - 1 - length++] = last;
    free(best); free(before);
    return length;
}

typedef struct { int32_t i0, i1, j0, j1, size; } Region;

typedef struct { Region *at; Py_ssize_t used, room; } Regions;

static int region(Regions *todo, int32_t i0, int32_t i1, int32_t j0, int32_t j1, int32_t size)
{
    if (todo->used == todo->room) {
        Py_ssize_t room = todo->room ? todo->room * 2 : 64;
        Region *more = realloc(todo->at, sizeof(Region) * (size_t)room);
        if (!more) return -1;
        todo->at = more; todo->room = room;
    }
    todo->at[todo->used++] = (Region){i0, i1, j0, j1, size};
    return 0;
}

/* One region: its chain into `found`, its large gaps into `todo` or `lost`. */
static int searched(const int32_t *a, const int32_t *b, Region r, const int *how,
                    Rows *found, Regions *todo, Regions *lost)
{
    Rows runs = {0};
    int failed = runs_of(a + r.i0, r.i1 - r.i0, b + r.j0, r.j1 - r.j0, r.size, &runs) < 0;
    int32_t *heads = failed ? NULL : malloc(4 * (size_t)(runs.used + 1));
    Py_ssize_t n = heads ? risen(&runs, r.i1 - r.i0, r.j1 - r.j0, how[2], how[3], how[4], heads) : -1;
    failed |= n < 0;
    int32_t end_i = 0, end_j = 0, i0 = r.i0, j0 = r.j0;
    Py_ssize_t kept = 0;
    for (Py_ssize_t c = 0; !failed && c <= n; c++) {
        int32_t i = r.i1, j = r.j1, length = 0;
        if (c < n) {
            const int32_t *run = runs.at + 3 * heads[runs.used - n + c];
            int32_t late = end_i - run[0] > end_j - run[1] ? end_i - run[0] : end_j - run[1];
            if (late < 0) late = 0;
            if (late >= run[2]) continue;
            end_i = run[0] + run[2]; end_j = run[1] + run[2];
            i = r.i0 + run[0] + late; j = r.j0 + run[1] + late; length = run[2] - late;
            failed = push(found, i, j, length) < 0;
            kept++;
        }
        int64_t cells = (int64_t)(i - i0) * (j - j0);
        if (!failed && cells > how[0]) {
            if (kept > 0) failed = region(todo, i0, i, j0, j, r.size) < 0;
            else if (r.size > 1) failed = region(todo, i0, i, j0, j, r.size - 1) < 0;
            else if (cells > how[1]) failed = region(lost, i0, i, j0, j, 0) < 0;
        }
        i0 = i + length; j0 = j + length;
    }
    free(runs.at); free(heads);
    return failed ? -1 : 0;
}

static int by_start(const void *x, const void *y)
{
    int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return (a > b) - (a < b);
}

/* Each run grows over equal neighbours, to the right first, up to the next run. */
static void extend(Rows *runs, const int32_t *a, int32_t m, const int32_t *b, int32_t n)
{
    int32_t free_i = 0, free_j = 0;
    for (Py_ssize_t c = 0; c < runs->used; c++) {
        int32_t *run = runs->at + 3 * c;
        int32_t stop_i = c + 1 < runs->used ? run[3] : m, stop_j = c + 1 < runs->used ? run[4] : n;
        while (run[0] > free_i && run[1] > free_j && a[run[0] - 1] == b[run[1] - 1]) { run[0]--; run[1]--; run[2]++; }
        while (run[0] + run[2] < stop_i && run[1] + run[2] < stop_j && a[run[0] + run[2]] == b[run[1] + run[2]]) run[2]++;
        free_i = run[0] + run[2]; free_j = run[1] + run[2];
    }
}

static const char chain_doc[] =
    "chain(a, b, size, (cells, hopeless, look, half, most)) -> (runs, lost)\n\n"
    "runs: int32 rows (i, j, length), sorted; lost: int32 rows (i0, i1, j0, j1, 0) of gaps\n"
    "that are hopeless.  The plain way is pairwise.chain without a kernel.";

static PyObject *chain(PyObject *self, PyObject *args)
{
    PyObject *one, *other;
    int size, how[5];
    if (!PyArg_ParseTuple(args, "OOi(iiiii)", &one, &other, &size, how, how + 1, how + 2, how + 3, how + 4))
        return NULL;
    Py_buffer va, vb;
    if (PyObject_GetBuffer(one, &va, PyBUF_C_CONTIGUOUS) < 0) return NULL;
    if (PyObject_GetBuffer(other, &vb, PyBUF_C_CONTIGUOUS) < 0) { PyBuffer_Release(&va); return NULL; }
    Rows found = {0};
    Regions todo = {0}, lost = {0};
    int failed = region(&todo, 0, (int32_t)(va.len / 4), 0, (int32_t)(vb.len / 4), size) < 0;
    while (!failed && todo.used)
        failed = searched(va.buf, vb.buf, todo.at[--todo.used], how, &found, &todo, &lost) < 0;
    if (!failed && found.used) {
        qsort(found.at, (size_t)found.used, 12, by_start);
        extend(&found, va.buf, (int32_t)(va.len / 4), vb.buf, (int32_t)(vb.len / 4));
    }
    PyObject *result = failed ? PyErr_NoMemory()
        : Py_BuildValue("y#y#", found.at ? (char *)found.at : "", 12 * found.used, lost.at ? (char *)lost.at : "",
                        (Py_ssize_t)sizeof(Region) * lost.used);
    free(found.at); free(todo.at); free(lost.at);
    PyBuffer_Release(&va); PyBuffer_Release(&vb);
    return result;
}

static PyMethodDef methods[] = {
    {"comparer", comparer, METH_VARARGS, comparer_doc},
    {"merge", merge, METH_VARARGS, merge_doc},
    {"fuse", fuse, METH_VARARGS, fuse_doc},
    {"tally", tally, METH_VARARGS, tally_doc},
    {"chain", chain, METH_VARARGS, chain_doc},
    {NULL, NULL, 0, NULL},
};
static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_kernel", "Inner loops of multiple alignment; see profiles.py.", -1, methods,
};
PyMODINIT_FUNC PyInit__kernel(void) { return PyModule_Create(&module); }

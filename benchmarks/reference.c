/* The reference: a part of the model written by hand in C, vectorised by hand, for the speed that a machine allows.
 *
 * One block of runs side by side: ties, mood, loss, dependence, fear, grievance, perception, twelve log-linear hazards,
 * the competing draw, its consequences, and a leader who listens, decides and reacts. Not here: fortunes after the last
 * observation, the record and its likelihood, coups, output. Every operation is an IEEE double operation in the order
 * of the mechanisms' formulas, so `benchmarks/subset.py` (the engine's own phases) must give the same bits.
 *
 * Compile with -ffp-contract=off: a fused multiply-add rounds once where the formulas round twice.
 * fields.h is written from the engine's layout: S_ state, V_ what ties see, W_ world, P_ parameters, A_ actor attributes.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "fields.h"

#define WIDTH 8 /* doubles in one 512-bit register; gcc splits them where registers are shorter */
#define HALVES (LANES / WIDTH)
typedef double v __attribute__((vector_size(8 * WIDTH), aligned(8)));
typedef uint64_t u __attribute__((vector_size(8 * WIDTH), aligned(8)));
typedef int64_t m __attribute__((vector_size(8 * WIDTH), aligned(8)));
#define INLINE static inline __attribute__((always_inline))

INLINE v all(double x) { return (v){0} + x; }
INLINE v pick(m test, v yes, v no) { return (v)(((m)yes & test) | ((m)no & ~test)); }
INLINE v flag(m test) { return (v)((m)all(1.0) & test); }
INLINE v least(v x, double bound) { return pick(x < bound, all(bound), x); }
INLINE v hold(v x, double low, double high) { return pick(x < low, all(low), pick(x > high, all(high), x)); }

INLINE v root(v x) {
  v y;
  for (int k = 0; k < WIDTH; k++) y[k] = __builtin_sqrt(x[k]);
  return y;
}

INLINE v vexp(v x) {
  const double shift = 6755399441055744.0 + 1023.0;
  x = hold(x, -700.0, 700.0);
  v shifted = x * 1.4426950408889634 + shift;
  v k = shifted - shift;
  v r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
  v r2 = r * r;
  v low = (1.0 + r) + r2 * (0.5 + r * (1.0 / 6.0));
  v middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
  v high = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + r2 * (1.0 / 3628800.0 + r * (1.0 / 39916800.0));
  v r4 = r2 * r2;
  v polynomial = low + r4 * (middle + r4 * (high + r4 * (1.0 / 479001600.0)));
  return polynomial * (v)((u)shifted << 52);
}

INLINE v vlog(v x) {
  u bits = (u)x;
  v exponent = (v)((bits >> 52) | 0x4330000000000000ull) - (4503599627370496.0 + 1023.0);
  v f = (v)((bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull);
  m large = f > 1.4142135623730951;
  f = pick(large, 0.5 * f, f);
  exponent = pick(large, exponent + 1.0, exponent);
  f = f - 1.0;
  v s = f / (2.0 + f);
  v z = s * s, w = z * z;
  v odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  v even = z * (6.666666666666735130e-01
                + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860510518591e-01)));
  v half_square = 0.5 * f * f;
  v tail = s * (half_square + odd + even) + exponent * 1.90821492927058770002e-10;
  return exponent * 6.93147180369123816490e-01 - ((half_square - tail) - f);
}

INLINE v quantile(v p) {
  v x = 2.0 * p - 1.0, w = -vlog(4.0 * p * (1.0 - p)), a = w - 2.5;
  v central = 3.43273939e-07 + 2.81022636e-08 * a;
  central = -3.5233877e-06 + central * a;
  central = -4.39150654e-06 + central * a;
  central = 0.00021858087 + central * a;
  central = -0.00125372503 + central * a;
  central = -0.00417768164 + central * a;
  central = 0.246640727 + central * a;
  central = 1.50140941 + central * a;
  v b = root(w) - 3.0;
  v outer = 0.000100950558 - 0.000200214257 * b;
  outer = 0.00134934322 + outer * b;
  outer = -0.00367342844 + outer * b;
  outer = 0.00573950773 + outer * b;
  outer = -0.0076224613 + outer * b;
  outer = 0.00943887047 + outer * b;
  outer = 1.00167406 + outer * b;
  outer = 2.83297682 + outer * b;
  return 1.4142135623730951 * pick(w < 5.0, central, outer) * x;
}

/* Philox4x32-10, 32-bit words carried in 64 bits. */
INLINE void uniforms(uint64_t seed, uint64_t pair, u replicate, uint64_t step, uint64_t entity, v *first, v *second) {
  const uint64_t mask = 0xFFFFFFFFull;
  u c0 = (u){0} + (entity & mask), c1 = (u){0} + (((entity >> 32) << 16) | pair), c2 = replicate & mask,
    c3 = (u){0} + (step & mask);
  uint64_t k0 = seed & mask, k1 = seed >> 32;
  for (int round = 0; round < 10; round++) {
    u p0 = 0xD2511F53ull * c0, p1 = 0xCD9E8D57ull * c2;
    c0 = (p1 >> 32) ^ c1 ^ k0;
    c1 = p1 & mask;
    c2 = (p0 >> 32) ^ c3 ^ k1;
    c3 = p0 & mask;
    k0 = (k0 + 0x9E3779B9ull) & mask;
    k1 = (k1 + 0xBB67AE85ull) & mask;
  }
  const uint64_t one = 0x3FF0000000000000ull;
  *first = ((v)(((c0 << 20) | (c1 >> 12)) | one) - 1.0) + 0x1p-53;
  *second = ((v)(((c2 << 20) | (c3 >> 12)) | one) - 1.0) + 0x1p-53;
}

#define AT(base, field, half) (*(v *)((base) + (size_t)(field) * LANES + (half) * WIDTH))
#define ST(field) AT(row, S_##field, h)
#define PA(field) AT((double *)theta, P_##field, h)
#define WO(field) AT(world, W_##field, h)
#define AC(field) actor[A_##field]

typedef struct {
  uint64_t seed;
  int64_t actors, groups, steps;
  double dt, total_visibility;
  const double *attributes, *in_office;
  const uint64_t *entities, *member, *indptr, *indices;
  const double *weights;
} Problem;

static double *room(size_t count) {
  void *place = NULL;
  if (posix_memalign(&place, 64, count * sizeof(double))) abort();
  memset(place, 0, count * sizeof(double));
  return place;
}

static void begin(const Problem *q, const double *theta, const uint64_t *replicates, double *state, double *world) {
  memset(state, 0, q->actors * N_STATE * LANES * sizeof(double));
  memset(world, 0, N_WORLD * LANES * sizeof(double));
  for (int h = 0; h < HALVES; h++) {
    WO(in_power) = WO(sanctions) = WO(refusals) = WO(fresh) = all(1.0);
    WO(favoured) = all(-1.0);
    WO(repression) = PA(repression_base);
    WO(isolation) = PA(information_isolation_base);
    v luck, unused;
    uniforms(q->seed, PAIR_FRAILTY, *(u *)(replicates + SHARED_STRAND + h * WIDTH), 0xFFFFFFFFull, TOP, &luck, &unused);
    WO(frailty) = PA(frailty_sd) * quantile(luck) - 0.5 * PA(frailty_sd) * PA(frailty_sd);
  }
  for (int64_t i = 0; i < q->actors; i++) {
    const double *actor = q->attributes + i * N_ATTRIBUTES;
    double *row = state + (size_t)i * N_STATE * LANES;
    uint64_t entity = q->entities[i];
    for (int h = 0; h < HALVES; h++) {
      v unused, luck;
      uniforms(q->seed, PAIR_ACT, *(u *)(replicates + (entity & (STRANDS - 1)) * LANES + h * WIDTH), 0xFFFFFFFFull,
               entity, &unused, &luck);
      ST(foreign) = all(AC(wealth_start) * AC(foreign_share));
      ST(domestic) = all(AC(wealth_start) - AC(wealth_start) * AC(foreign_share));
      ST(in_office) = all(q->in_office[i]);
      ST(mood) = PA(grievance_mood_sd) * quantile(luck);
    }
  }
}

/* What is made anew in each step: kept for a tile. */
typedef struct {
  v circle, examples, whispers, loss, dependence, fear, grievance, private;
} Passing;

/* `shown` [actor, field, lane] is what every actor showed at the end of the last step. */
INLINE void gather(const Problem *q, const double *shown, int64_t i, Passing *now) {
  for (int h = 0; h < HALVES; h++) now[h].circle = now[h].examples = now[h].whispers = all(0.0);
  for (uint64_t tie = q->indptr[i]; tie < q->indptr[i + 1]; tie++) {
    double *other = (double *)shown + q->indices[tie] * N_SHOWN * LANES, weight = q->weights[tie];
    for (int h = 0; h < HALVES; h++) {
      now[h].circle += weight * AT(other, V_visible, h);
      now[h].whispers += weight * AT(other, V_private, h);
      now[h].examples += weight * AT(other, V_punished, h);
    }
  }
}

/* What depends on the run and the step alone, once for all actors. */
typedef struct {
  v decay, innovation, rent, fade, perceive, back, rejoin, critic, exile, rival, openness;
} Pace;

INLINE void assess(const Problem *q, const double *theta, double *world, const uint64_t *replicates, uint64_t step,
                   int64_t i, double *row, int h, const Pace *pace, Passing *now, v *luck) {
  const double *actor = q->attributes + i * N_ATTRIBUTES;
  uint64_t entity = q->entities[i];
  v noise;
  uniforms(q->seed, PAIR_ACT, *(u *)(replicates + (entity & (STRANDS - 1)) * LANES + h * WIDTH), step, entity,
           luck, &noise);
  v mood = pace->decay * ST(mood) + pace->innovation * quantile(noise);
  ST(mood) = mood;
  v usable = ST(domestic) + ST(foreign) * (1.0 - ST(frozen));
  v ratio = (AC(wealth_start) + PA(wealth_floor)) / (usable + PA(wealth_floor));
  v loss = vlog(pick(ratio > 1.0, ratio, all(1.0)));
  v office = PA(dependence_rank_value) * AC(rank) * ST(in_office);
  v held = usable + office;
  v dependence = (AC(state_lever) * ST(domestic) + office) / pick(held > 1e-9, held, all(1e-9));
  v favour = pick(WO(favoured) == (double)q->member[i], PA(leader_favour), all(0.0));
  v rent = ST(rent) * pace->rent + favour;
  rent = pick(rent < 1.0, rent, all(1.0));
  now->loss = loss;
  now->dependence = dependence;
  ST(rent) = rent;
  v safety = (1.0 - PA(fear_by_closeness) * AC(closeness)) * (1.0 - PA(fear_by_abroad) * ST(abroad));
  v dread = 1.0 + PA(fear_by_dependence) * dependence + PA(fear_by_example) * now->examples;
  now->fear = WO(repression) * safety * (dread + PA(fear_by_refusal) * ST(refused));
  v distance = AC(position) - WO(policy);
  v failure = pick(WO(battlefield) < 0.0, -WO(battlefield), all(0.0));
  double armed = AC(coercion) > 0.0 ? 1.0 : 0.0;
  v closure = PA(grievance_closure) * hold(WO(sanctions), 0.0, 1.0);
  v g = PA(grievance_loss) * loss + PA(grievance_policy) * AC(salience) * distance * distance
        + PA(grievance_life) * AC(roots_abroad) * closure + PA(grievance_solidarity) * now->examples
        + PA(grievance_failure) * armed * failure - PA(grievance_rent) * (AC(rank) * ST(in_office) + rent) + mood;
  now->grievance = g;
  v felt = pick(g > 0.0, g, all(0.0));
  now->private = felt / (1.0 + felt);
  v spoke = pick(ST(voice) > 1.5, all(1.0), PA(perception_show_speak)) * flag(ST(voice) > 0.5);
  v quit = PA(perception_show_resign) * ST(quit), left = PA(perception_show_leave) * ST(abroad);
  v strongest = pick(spoke > left, spoke, left);
  v rest = PA(perception_lasting) * pick(strongest > quit, strongest, quit);
  ST(display) = rest + (ST(display) - rest) * pace->fade;
  v target = (1.0 - PA(perception_public_share)) * now->circle + PA(perception_public_share) * WO(signal);
  ST(perceived) = hold(ST(perceived) + (target - ST(perceived)) * pace->perceive, 0.0, 1.0);
}

#define TILE 32  /* actors that go through a step together */
#define ABREAST 4 /* vectors whose sums of rates are chains side by side */
#define RATE(act, place) rate[(act) * TILE * HALVES + (place)]

/* Hazards [1/day] of the twelve acts in the order of the engine: rate [act, place in the tile]. */
INLINE void hazards(const double *theta, double *world, const double *actor, const double *row, int h, const Pace *pace,
                    const Passing *now, double count, double prominence, v *rate, int place) {
  v g = now->grievance, fear = now->fear, perceived = ST(perceived), trap = now->dependence;
  v frailty = WO(frailty);
  v shock = WO(shock), power = WO(in_power), threat = WO(threat), home = 1.0 - ST(abroad), out = 1.0 - ST(punished);
  RATE(0, place) = power * (vexp(PA(speak_policy_base) + PA(speak_by_grievance) * g + PA(speak_by_perceived) * perceived
                          + PA(speak_by_shock) * shock + frailty - PA(speak_by_fear) * fear
                          - PA(speak_by_dependence) * trap)
                     * flag(ST(voice) < 0.5));
  RATE(1, place) = power * (vexp(PA(speak_leader_base) + PA(speak_leader_share) * PA(speak_by_grievance) * g
                          + PA(speak_by_perceived) * perceived + PA(speak_by_shock) * shock + frailty
                          - PA(speak_leader_factor) * PA(speak_by_fear) * fear - PA(speak_by_dependence) * trap)
                     * flag(ST(voice) < 1.5));
  RATE(2, place) = power * (vexp(PA(speak_silent_base) + PA(speak_by_fear) * fear - PA(speak_by_grievance) * g)
                     * flag(ST(voice) > 0.5));
  v allowed = hold(WO(refusals), 0.0, 1.0);
  v logit = PA(refusal_base) + PA(refusal_by_rank) * AC(rank)
            + PA(refusal_by_weight) * prominence + PA(refusal_by_threat) * threat;
  v refused = allowed * (1.0 / (1.0 + vexp(-(logit + PA(refusal_departure) * 0.0))));
  v resign = power * (vexp(PA(resign_base) + PA(resign_by_grievance) * g + PA(resign_by_perceived) * perceived
                           + PA(resign_by_shock) * shock + frailty - PA(resign_by_rank) * AC(rank)
                           - PA(resign_by_refused) * ST(refused))
                      * ST(in_office));
  RATE(3, place) = resign * (1.0 - refused);
  RATE(4, place) = resign * refused;
  RATE(8, place) = power * (pace->rejoin * ((1.0 - ST(in_office)) * home * out) * (AC(rank) > 0.0 ? 1.0 : 0.0));
  refused = allowed * (1.0 / (1.0 + vexp(-(logit + PA(refusal_departure) * 1.0))));
  v exit_value = vlog(1.0 + ST(foreign) * (1.0 - ST(frozen))) + AC(roots_abroad) * pace->openness;
  v leave = power * (vexp(PA(leave_base) + PA(leave_by_grievance) * g + PA(leave_by_exit) * exit_value
                          + PA(leave_by_shock) * shock + frailty + PA(leave_by_fear) * fear
                          - PA(leave_by_dependence) * trap)
                     * home);
  RATE(5, place) = leave * (1.0 - refused);
  RATE(6, place) = leave * refused;
  RATE(7, place) = power * (pace->back * ST(abroad) * out);
  double armed = AC(coercion) > 0.0 ? 1.0 : 0.0, able = (AC(coercion) > 0.0) | (AC(weight) * count > 5.0) ? 1.0 : 0.0;
  RATE(9, place) = power * (vexp(PA(plot_base) + PA(plot_by_grievance) * g + PA(plot_by_trust) * now->whispers
                          - PA(plot_by_fear) * fear)
                     * able * (1.0 - ST(plotting)) * home * out);
  v failure = pick(WO(battlefield) < 0.0, -WO(battlefield), all(0.0));
  RATE(10, place) = power * (vexp(PA(leader_dismiss_base) + PA(leader_dismiss_by_voice) * ST(voice)
                           + PA(leader_dismiss_by_failure) * armed * failure - AC(closeness))
                      * ST(in_office) * (1.0 + (PA(leader_purge_factor) - 1.0) * WO(purge)));
  v exposure = -PA(plot_approaches) * vlog(1.0 - (1.0 - now->whispers) * PA(plot_reporting)) * ST(plotting);
  v critic = pace->critic * ST(voice) * AC(visibility) * (1.0 - AC(closeness));
  v exile = pace->exile * ST(abroad) * flag(ST(domestic) > PA(wealth_floor)), rival = pace->rival * armed;
  RATE(11, place) = power * ((WO(repression) * (critic + exile + rival) + exposure) * out);
}

/* Which act happens (12 for none), for a tile: places [0, count) of rate and luck. */
static void choose(const v *rate, const v *luck, int count, double dt, v *done) {
  for (int first = 0; first < count; first += ABREAST) {
    v total[ABREAST], scale[ABREAST], cumulated[ABREAST], passed[ABREAST];
    for (int a = 0; a < ABREAST; a++) total[a] = cumulated[a] = passed[a] = all(0.0);
    for (int k = 0; k < 12; k++)
      for (int a = 0; a < ABREAST; a++) total[a] += RATE(k, first + a);
    for (int a = 0; a < ABREAST; a++) scale[a] = (1.0 - vexp(-total[a] * dt)) / (total[a] + 1e-300);
    for (int k = 0; k < 12; k++)
      for (int a = 0; a < ABREAST; a++) {
        cumulated[a] += RATE(k, first + a) * scale[a];
        passed[a] += flag(cumulated[a] <= luck[first + a]);
      }
    for (int a = 0; a < ABREAST; a++) done[first + a] = passed[a];
  }
}

static void enact(const double *theta, const double *actor, double *row, int h, v act) {
  v shown = all(0.0), voice = ST(voice);
  m left = act == 5.0, struck = act == 11.0;
  shown = pick(act == 0.0, PA(perception_show_speak), shown);
  shown = pick(act == 1.0, all(1.0), shown);
  shown = pick(act == 3.0, PA(perception_show_resign), shown);
  shown = pick(left, PA(perception_show_leave), shown);
  ST(display) = pick(shown > ST(display), shown, ST(display));
  voice = pick(act == 1.0, all(2.0), pick(act == 0.0, all(1.0), voice));
  ST(voice) = pick(act == 2.0, all(0.0), voice);
  v office = pick((act == 3.0) | left | (act == 10.0) | struck, all(0.0), ST(in_office));
  ST(in_office) = pick(act == 8.0, all(AC(rank) > 0.0 ? 1.0 : 0.0), office);
  ST(quit) = pick(act == 8.0, all(0.0), pick(act == 3.0, all(1.0), ST(quit)));
  ST(refused) = pick((act == 4.0) | (act == 6.0), all(1.0), ST(refused));
  ST(abroad) = pick(left, all(1.0), pick(act == 7.0, all(0.0), ST(abroad)));
  ST(plotting) = pick(act == 9.0, all(1.0), pick(struck, all(0.0), ST(plotting)));
  ST(punished) = pick(struck, all(1.0), ST(punished));
  ST(domestic) = ST(domestic) * pick(struck, 1.0 - PA(wealth_expropriated_share), all(1.0));
}

typedef struct {
  v omega, told, cared, pressed, present, private, plotting, signal;
} Sums;

INLINE void fold(const Problem *q, const double *theta, double *world, const double *actor, const double *row, int h,
                 const Passing *now, Sums *sums, double *by_group, double *heard, double *shown) {
  v gap = AC(position) - WO(policy);
  v disagreement = 0.5 * pick(gap > 0.0, gap, -gap);
  v tilt = PA(information_by_closeness) * (AC(closeness) - 1.0) - PA(information_by_agreement) * disagreement;
  v omega = AC(weight) * vexp(WO(isolation) * tilt) * (1.0 - ST(abroad));
  v told = omega * (now->private * vexp(-PA(information_shading) * now->fear));
  v present = AC(weight) * (1.0 - ST(abroad));
  sums->omega += omega;
  sums->told += told;
  sums->cared += omega * AC(salience);
  sums->pressed += omega * AC(salience) * AC(position);
  sums->present += present;
  sums->private += present * now->private;
  sums->plotting += AC(coercion) * ST(plotting);
  sums->signal += AC(visibility) * ST(display) / q->total_visibility;
  AT(heard, 0, h) += told;
  v hawk = flag(AC(position) > WO(policy));
  AT(by_group, 0, h) += ST(domestic) + ST(foreign);
  AT(by_group, 1, h) += ST(domestic) + ST(foreign) * (1.0 - ST(frozen));
  AT(by_group, 2, h) += now->private;
  AT(by_group, 3, h) += now->private * hawk;
  AT(by_group, 4, h) += now->dependence;
  AT(by_group, 5, h) += now->loss;
  AT(shown, V_visible, h) = ST(display) + PA(perception_leak) * now->private;
  AT(shown, V_private, h) = now->private;
  AT(shown, V_punished, h) = ST(punished);
}

static void lead(const Problem *q, const double *theta, double *world, const uint64_t *replicates, uint64_t step,
                 int h, const Sums *sums, const double *heard) {
  double dt = q->dt;
  v told = sums->told / (sums->omega + 1e-300);
  WO(signal) = sums->signal;
  WO(heard) = told;
  WO(pressure) = pick(sums->cared > 0.0, sums->pressed / sums->cared, WO(policy));
  WO(true_discontent) = sums->private / (sums->present + 1e-300);
  WO(plot_coercion) = sums->plotting;
  WO(threat) = hold(told + PA(information_public_weight) * WO(signal), 0.0, 1.0);
  v target = hold(PA(information_isolation_base) + PA(information_by_threat) * WO(threat), 0.0, 1.0);
  WO(isolation) += (target - WO(isolation)) * (1.0 - vexp(-PA(information_rate) * dt));
  v losses = pick(WO(battlefield) < 0.0, -WO(battlefield), all(0.0));
  v poorer = pick(WO(market) < 0.0, -WO(market), all(0.0));
  WO(approval) = hold(PA(public_baseline) + PA(public_rally) * vexp(-WO(day) / PA(public_rally_days))
                      - PA(public_pain) * poorer - PA(public_casualties) * losses * (1.0 - PA(public_media_control))
                      - PA(public_draft) * WO(mobilised), 0.02, 0.98);
  v hidden = hold(PA(public_hidden_base) + PA(public_hidden_by_repression) * WO(repression), 0.0, 0.95);
  WO(poll) = WO(approval) + hidden * (1.0 - WO(approval));
  v push = PA(leader_by_pressure) * (WO(pressure) - WO(policy)), escalate = push + PA(leader_escalate_by_failure) * losses;
  v mass[6] = {
      vexp(PA(leader_declare_base) + escalate) * (1.0 - WO(war_declared)) * dt,
      vexp(PA(leader_mobilise_base) + escalate) * (1.0 - flag(WO(conscripts) > 0.0)) * dt,
      vexp(PA(leader_limit_base) - push + PA(leader_limit_by_failure) * losses) * dt,
      vexp(PA(leader_crackdown_base) + PA(leader_crackdown_by_threat) * WO(threat)) * dt,
      vexp(PA(leader_coopt_base) + PA(leader_coopt_by_threat) * WO(threat)) * dt,
      vexp(PA(leader_purge_base) + PA(leader_purge_by_threat) * WO(threat)) * dt};
  v total = (mass[0] + mass[1] + mass[2] + mass[3] + mass[4] + mass[5]) * WO(in_power);
  v scale = (1.0 - vexp(-total)) / (total + 1e-300) * WO(in_power);
  v luck, day, cumulated = all(0.0), chosen = all(0.0);
  uniforms(q->seed, PAIR_LEADER, *(u *)(replicates + (TOP & (STRANDS - 1)) * LANES + h * WIDTH), step, TOP, &luck, &day);
  for (int k = 0; k < 6; k++) {
    cumulated += mass[k] * scale;
    chosen += flag(cumulated <= luck);
  }
  WO(purge) = pick(chosen == 5.0, all(7.0 / dt), all(0.0));
  WO(policy) = hold(WO(policy) + pick(chosen == 0.0, PA(leader_declare_step), all(0.0))
                    + pick(chosen == 1.0, PA(leader_mobilise_step), all(0.0))
                    - pick(chosen == 2.0, PA(leader_limit_step), all(0.0)), -1.0, 1.0);
  WO(war_declared) = pick(chosen == 0.0, all(1.0), WO(war_declared));
  WO(conscripts) = pick(chosen == 1.0, all(1.0), WO(conscripts));
  WO(mobilised) = pick(chosen == 1.0, all(1.0), WO(mobilised));
  WO(fresh) = pick(chosen <= 1.0, all(1.0), WO(fresh));
  WO(repression) = pick(chosen == 3.0, hold(WO(repression) + PA(repression_jump), 0.0, 1.0), WO(repression));
  v loudest = all(-1.0), favoured = all(-1.0);
  for (int64_t g = 0; g < q->groups; g++) {
    v voice = AT((double *)heard, g, h);
    favoured = pick(voice > loudest, all((double)g), favoured);
    loudest = pick(voice > loudest, voice, loudest);
  }
  WO(favoured) = pick(chosen == 4.0, favoured, all(-1.0));
}

/* One block: theta [param, lane], replicates [strand, lane]; state [actor, field, lane] and world [field, lane] are
 * the outputs, counts [act, group, lane] the acts of all steps together. */
void reference_block(const Problem *q, const double *theta, const uint64_t *replicates, double *state, double *world,
                     int64_t *counts) {
  double *heard = room(q->groups * LANES), *by_group = room(q->groups * 6 * LANES);
  double *shown = room(q->actors * N_SHOWN * LANES), *before = room(q->actors * N_SHOWN * LANES);
  double *prominence = room(q->actors), count = (double)q->actors, dt = q->dt;
  for (int64_t i = 0; i < q->actors; i++)
    prominence[i] = vlog(all(1.0 + count * q->attributes[i * N_ATTRIBUTES + A_weight]))[0];
  static _Thread_local Passing now[TILE * HALVES] __attribute__((aligned(64)));
  static _Thread_local __attribute__((aligned(64))) v rate[12 * TILE * HALVES], luck[TILE * HALVES], done[TILE * HALVES];
  int far = q->actors * N_STATE * LANES * sizeof(double) > 1 << 20; /* more than the second cache holds */
  begin(q, theta, replicates, state, world);
  for (int64_t step = 0; step < q->steps; step++) {
    double *old = before;
    before = shown;
    shown = old;
    memset(heard, 0, q->groups * LANES * sizeof(double));
    memset(by_group, 0, q->groups * 6 * LANES * sizeof(double));
    Pace pace[HALVES];
    Sums sums[HALVES];
    memset(sums, 0, sizeof sums);
    for (int h = 0; h < HALVES; h++) {
      v kept = vexp(-PA(grievance_mood_rate) * dt);
      pace[h] = (Pace){
          .decay = kept,
          .innovation = PA(grievance_mood_sd) * root(1.0 - kept * kept),
          .rent = vexp(-dt / PA(leader_favour_days)),
          .fade = vexp(-dt / PA(perception_display_days)),
          .perceive = 1.0 - vexp(-PA(perception_rate) * dt),
          .back = vexp(PA(leave_return_base)),
          .rejoin = vexp(PA(resign_rejoin_base)),
          .critic = vexp(PA(repression_critic)),
          .exile = vexp(PA(repression_exile)),
          .rival = vexp(PA(repression_rival) - PA(repression_by_capability) * (1.0 + WO(battlefield))),
          .openness = PA(leave_openness) * (1.0 - PA(leave_closing) * WO(repression))};
    }
    for (int64_t begun = 0; begun < q->actors; begun += TILE) {
      int64_t ended = begun + TILE < q->actors ? begun + TILE : q->actors;
      for (int64_t i = begun; i < ended; i++) gather(q, before, i, now + (i - begun) * HALVES);
      for (int64_t i = begun; i < ended; i++) {
        double *row = state + (size_t)i * N_STATE * LANES;
        int place = (int)(i - begun) * HALVES;
        for (int line = 0; far && line < N_STATE * HALVES; line++)
          __builtin_prefetch(row + (N_STATE * HALVES + line) * WIDTH);
        for (int h = 0; h < HALVES; h++)
          assess(q, theta, world, replicates, step, i, row, h, &pace[h], &now[place + h], &luck[place + h]);
        for (int h = 0; h < HALVES; h++)
          hazards(theta, world, q->attributes + i * N_ATTRIBUTES, row, h, &pace[h], &now[place + h], count,
                  prominence[i], rate, place + h);
      }
      choose(rate, luck, (int)(ended - begun) * HALVES, dt, done);
      for (int64_t i = begun; i < ended; i++) {
        const double *actor = q->attributes + i * N_ATTRIBUTES;
        double *row = state + (size_t)i * N_STATE * LANES;
        for (int h = 0; h < HALVES; h++) {
          int place = (int)(i - begun) * HALVES + h;
          m some = done[place] < 12.0;
          int64_t happened = 0;
          for (int k = 0; k < WIDTH; k++) happened |= some[k];
          if (happened) {
            for (int k = 0; k < WIDTH; k++)
              if (some[k]) counts[((int64_t)done[place][k] * q->groups + q->member[i]) * LANES + h * WIDTH + k]++;
            enact(theta, actor, row, h, done[place]);
          }
          fold(q, theta, world, actor, row, h, &now[place], &sums[h], by_group + q->member[i] * 6 * LANES,
               heard + q->member[i] * LANES, shown + (size_t)i * N_SHOWN * LANES);
        }
      }
    }
    for (int h = 0; h < HALVES; h++) lead(q, theta, world, replicates, step, h, &sums[h], heard);
  }
  free(heard);
  free(by_group);
  free(shown);
  free(before);
  free(prominence);
}

package dev.parley.gpu.resample;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How one rate becomes another: stages in order. One stage has the steep filter; before it short
 * filters halve a rate that is far higher than the result's, after it they double a rate that is
 * far lower, since a steep filter costs least at the lowest rate.
 */
record Plan(int inRate, int outRate, Profile profile, List<StagePlan> stages) {

  /** What one stage does, before it is known where the next one starts. */
  private record Step(long up, long down, LowPass filter) {}

  static Plan of(int inRate, int outRate, Profile profile) {
    List<Step> steps = inRate == outRate ? List.of() : steps(inRate, outRate, profile);
    return new Plan(inRate, outRate, profile, placed(steps));
  }

  private static List<Step> steps(int inRate, int outRate, Profile profile) {
    double nyquist = Math.min(inRate, outRate) / 2.0;
    double stop = profile.stopEdge() * nyquist;
    List<Step> before = new ArrayList<>();
    long down = inRate;
    long up = outRate;
    double rate = inRate;
    while (rate >= profile.halvingRatio() * outRate) {
      before.add(new Step(1, 2, filter(nyquist, rate / 2 - stop, rate, profile)));
      rate /= 2;
      up *= 2;
    }
    List<Step> after = new ArrayList<>();
    double last = outRate;
    while (last >= profile.halvingRatio() * inRate) {
      last /= 2;
      down *= 2;
      after.add(new Step(2, 1, filter(nyquist, last - stop, last, profile)));
    }
    long common = gcd(up, down);
    LowPass steep = filter(profile.passEdge() * nyquist, stop, rate, profile);
    before.add(new Step(up / common, down / common, steep));
    before.addAll(after.reversed());
    return before;
  }

  private static LowPass filter(double pass, double stop, double rate, Profile profile) {
    return LowPass.of(pass / rate, stop / rate, profile.attenuationDb());
  }

  /**
   * Lets every stage begin early enough that the one after it finds all it looks at before time
   * zero; so nothing is cut off at the start, where a filter rings before the sound.
   */
  private static List<StagePlan> placed(List<Step> steps) {
    List<StagePlan> stages = new ArrayList<>();
    long lead = 0;
    for (Step step : steps.reversed()) {
      long early = Math.ceilDiv(lead * step.down(), step.up()) + step.filter().reach();
      boolean first = stages.size() == steps.size() - 1;
      long origin = first ? 0 : early;
      stages.add(
          new StagePlan(
              step.up(), step.down(), origin * step.up() - lead * step.down(), step.filter()));
      lead = early;
    }
    Collections.reverse(stages);
    return List.copyOf(stages);
  }

  /** Most outputs for so many further inputs. */
  long outputMax(long inputs) {
    long count = inputs;
    for (StagePlan stage : stages) {
      count = stage.outputMax(count);
    }
    return count;
  }

  /** How many outputs a signal of so many inputs has. */
  long total(long inputs) {
    return Math.floorDiv(2 * inputs * outRate + inRate, 2L * inRate);
  }

  /** How much input beyond an output's moment is needed to work it out. */
  double delaySeconds() {
    double rate = inRate;
    double delay = 0;
    for (StagePlan stage : stages) {
      delay += stage.filter().reach() / rate;
      rate = rate * stage.up() / stage.down();
    }
    return delay;
  }

  /** Inputs taken at a time, so that no stage's output grows beyond a few thousand samples. */
  int chunk() {
    return Math.clamp(4096L * inRate / Math.max(inRate, outRate), 16, 4096);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}

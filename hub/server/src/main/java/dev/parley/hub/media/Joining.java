package dev.parley.hub.media;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts utterances one behind the other, as one sound. Works on windows of 10 ms and holds the last
 * one back, so that an utterance that breaks off can be faded out. The silence around a joined
 * utterance is left out but for 20 ms, what is cut is faded over 5 ms, and the pause is put in when
 * the next sound comes. For one thread at a time.
 *
 * <p>Silence is 40 dB under the loudest window of the utterance, but between -70 and -50 dBFS;
 * before its first sound, when nothing is known of it, under -55 dBFS. Silence that may turn out to
 * be the end is held for at most two seconds; what is longer passes, and only its last two are left
 * out.
 */
final class Joining implements Sink {

  private static final int WINDOWS_A_SECOND = 100;
  private static final int EDGE_WINDOWS = 2;
  private static final int HELD_WINDOWS_MAX = 2 * WINDOWS_A_SECOND;
  private static final int SEARCH_WINDOWS = 40;
  private static final double OPENING = power(-55);
  private static final double CLOSING_MIN = power(-70);
  private static final double CLOSING_MAX = power(-50);
  private static final double BELOW_LOUDEST = power(-40);

  private enum State {
    /** No utterance. */
    IDLE,
    /** Before the first sound of an utterance. */
    LEADING,
    /** What was heard before another backend took over. */
    SKIPPING,
    SPEAKING
  }

  private final int channels;
  private final int windowFrames;
  private final int rateHz;
  private final Sink next;
  private final Edges edges;

  private State state = State.IDLE;
  private Joint joint = Joint.WHOLE;
  private float[][] filling;
  private int filled;

  /** What has not left: the last window with sound, and the silence behind it. */
  private final ArrayDeque<Window> held = new ArrayDeque<>();

  private int silentWindows;
  private double loudest;
  private boolean cutBefore;

  private boolean anySound;
  private long pauseFrames;

  /** Silence at the end of what has left, in frames. */
  private long silence;

  private long out;
  private long start = -1;
  private long trimmed;

  /** Frames of the utterance that have left, counted in the rendition that speaks now. */
  private long left;

  private boolean resuming;
  private long skipWindows;
  private @Nullable Window tail;

  /** Samples of 10 ms or, at the end, of less. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Window(float[][] planes, int frames) {
    double power() {
      double most = 0;
      for (float[] plane : planes) {
        double sum = 0;
        for (int i = 0; i < frames; i++) {
          sum += (double) plane[i] * plane[i];
        }
        most = Math.max(most, sum / Math.max(1, frames));
      }
      return most;
    }
  }

  Joining(int rateHz, int channels, Sink next) {
    this.rateHz = rateHz;
    this.channels = channels;
    this.windowFrames = Math.max(1, rateHz / WINDOWS_A_SECOND);
    this.edges = new Edges(Math.max(1, rateHz / (2 * WINDOWS_A_SECOND)));
    this.next = next;
    this.filling = new float[channels][windowFrames];
  }

  private static double power(double db) {
    return Math.pow(10, db / 10);
  }

  /** Frames that have left so far, pauses included. */
  long frames() {
    return out;
  }

  /** Where the first frame of the utterance is in the stream; -1 while none has left. */
  long startFrame() {
    return start;
  }

  /** Frames at the beginning of the utterance that were left out. */
  long trimmedFrames() {
    return trimmed;
  }

  void begin(Joint how) throws IOException {
    settle();
    joint = how;
    start = -1;
    left = 0;
    resuming = false;
    pauseFrames =
        switch (how) {
          case Joint.Whole() -> 0;
          case Joint.Joined(int pauseMs) -> Math.max(pauseFrames, (long) rateHz * pauseMs / 1_000);
        };
    reset();
  }

  private void reset() {
    state = State.LEADING;
    held.clear();
    filled = 0;
    trimmed = 0;
    silentWindows = 0;
    loudest = 0;
    cutBefore = false;
  }

  /** The utterance broke off: what has not left is dropped, but for a window to fade. */
  void breakOff() {
    if (state == State.SPEAKING && !held.isEmpty()) {
      tail = held.getFirst();
    }
    held.clear();
    filled = 0;
    state = State.IDLE;
  }

  /** The same utterance comes again, from its start. */
  void resume() {
    resuming = left > 0;
    tail = resuming ? tail : null;
    skipWindows = left / windowFrames;
    reset();
  }

  /** Lets go what is left of an utterance that broke off. */
  void settle() throws IOException {
    Window last = tail;
    tail = null;
    if (last != null) {
      int frames = Math.min(last.frames(), edges.frames());
      edges.fadeOut(last.planes(), frames, frames);
      pass(last.planes(), frames);
      silence = 0;
      anySound = true;
    }
  }

  /** Silence that was added behind this. */
  void passed(int frames) {
    out += frames;
    silence += frames;
  }

  @Override
  public void accept(float[][] planes, int frames) throws IOException {
    for (int done = 0; done < frames; ) {
      int count = Math.min(frames - done, windowFrames - filled);
      for (int channel = 0; channel < channels; channel++) {
        System.arraycopy(planes[channel], done, filling[channel], filled, count);
      }
      filled += count;
      done += count;
      if (filled == windowFrames) {
        window();
      }
    }
  }

  private void window() throws IOException {
    Window window = new Window(filling, filled);
    filling = new float[channels][windowFrames];
    filled = 0;
    switch (state) {
      case LEADING -> lead(window);
      case SKIPPING -> skip(window);
      case SPEAKING -> speak(window);
      case IDLE -> throw new IllegalStateException("sound outside of an utterance");
    }
  }

  private void lead(Window window) throws IOException {
    boolean isWhole = joint instanceof Joint.Whole;
    if (!isWhole && window.power() < OPENING) {
      held.add(window);
      if (held.size() > EDGE_WINDOWS) {
        trimmed += held.removeFirst().frames();
        cutBefore = true;
      }
      return;
    }
    List<Window> kept = new ArrayList<>(held);
    held.clear();
    kept.add(window);
    if (resuming) {
      state = State.SKIPPING;
      for (Window each : kept) {
        if (state == State.SKIPPING) {
          skip(each);
        } else {
          speak(each);
        }
      }
      return;
    }
    if (cutBefore) {
      edges.fadeIn(kept.getFirst().planes(), kept.getFirst().frames());
    }
    pause((kept.size() - 1L) * windowFrames);
    start = out;
    state = State.SPEAKING;
    held.addAll(kept);
    silentWindows = 0;
    loudest = window.power();
    release(1);
  }

  /** Puts in what is missing of the pause; {@code own} frames of silence follow. */
  private void pause(long own) throws IOException {
    long missing = anySound ? pauseFrames - silence - own : 0;
    pauseFrames = 0;
    float[][] nothing = new float[channels][windowFrames];
    while (missing > 0) {
      int count = (int) Math.min(missing, windowFrames);
      pass(nothing, count);
      silence += count;
      missing -= count;
    }
  }

  private void skip(Window window) throws IOException {
    held.add(window);
    skipWindows--;
    if (skipWindows <= 0) {
      takeOver();
    } else if (held.size() > SEARCH_WINDOWS) {
      held.removeFirst();
    }
  }

  /** Goes on from the quietest place of what is held. */
  private void takeOver() throws IOException {
    List<Window> last = new ArrayList<>(held);
    held.clear();
    int at = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i + 1 < last.size(); i++) {
      double power = last.get(i).power() + last.get(i + 1).power();
      if (power <= least) {
        least = power;
        at = i + 1;
      }
    }
    left = Math.max(0, left - (long) (last.size() - at) * windowFrames);
    resuming = false;
    state = State.SPEAKING;
    Window before = tail;
    tail = null;
    Window first = last.get(at);
    if (before == null) {
      edges.fadeIn(first.planes(), first.frames());
    } else {
      Edges.cross(before.planes(), before.frames(), first.planes(), first.frames());
    }
    for (Window each : last.subList(at, last.size())) {
      speak(each);
    }
  }

  private void speak(Window window) throws IOException {
    if (joint instanceof Joint.Whole || isSound(window)) {
      held.add(window);
      silentWindows = 0;
      release(1);
      return;
    }
    held.add(window);
    silentWindows++;
    release(HELD_WINDOWS_MAX);
  }

  private boolean isSound(Window window) {
    double power = window.power();
    loudest = Math.max(loudest, power);
    return power >= Math.clamp(loudest * BELOW_LOUDEST, CLOSING_MIN, CLOSING_MAX);
  }

  /** Lets go all but the last windows. */
  private void release(int keep) throws IOException {
    while (held.size() > keep) {
      Window window = held.removeFirst();
      pass(window.planes(), window.frames());
      left += window.frames();
      silence = 0;
      anySound = true;
    }
  }

  private void pass(float[][] planes, int frames) throws IOException {
    out += frames;
    next.accept(planes, frames);
  }

  /** The utterance is complete. */
  @Override
  public void end() throws IOException {
    if (state == State.IDLE) {
      return;
    }
    if (filled > 0) {
      window();
    }
    if (state == State.SKIPPING && !held.isEmpty()) {
      takeOver();
    }
    if (state == State.SPEAKING) {
      cutEnd();
    }
    held.clear();
    state = State.IDLE;
    settle();
  }

  private void cutEnd() throws IOException {
    int kept = Math.min(silentWindows, EDGE_WINDOWS);
    if (silentWindows > kept) {
      for (int i = kept; i < silentWindows && held.size() > 1; i++) {
        held.removeLast();
      }
      Window last = held.getLast();
      edges.fadeOut(last.planes(), last.frames(), Math.min(last.frames(), edges.frames()));
    }
    long behind = 0;
    int index = 0;
    for (Window window : held) {
      behind += index++ < held.size() - kept ? 0 : window.frames();
    }
    release(0);
    silence = behind;
  }

  @Override
  public void close() {
    next.close();
  }
}

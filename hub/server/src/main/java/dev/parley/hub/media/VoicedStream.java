package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A {@link Voicing} for an event loop: nothing here waits. Steps run in the order in which they
 * were submitted, one at a time, on threads of the workers; those that take microseconds run at
 * once on the loop, where no other is in front of them. All methods are for the loop, and what came
 * out is told on it. A step that fails does not end the stream: what follows it decides.
 */
public final class VoicedStream implements AutoCloseable {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Steps in line; callers read no faster from backends than these are worked off. */
  private static final int STEPS_MAX = 1_024;

  /** What is decoded on a loop; some 100 us of work. */
  private static final int LIGHT_BYTES_MAX = 32 << 10;

  private final Place place;
  private final Voicing voicing;
  private final Executor loop;
  private final ArrayDeque<Task> waiting = new ArrayDeque<>();
  private boolean working;
  private boolean closed;
  private boolean released;

  /** The right of this stream to work belongs to it from now on. */
  VoicedStream(Place place, Voicing voicing, Executor loop) {
    this.place = place;
    this.voicing = voicing;
    this.loop = loop;
  }

  /** Something to be done with the stream; must not keep it. */
  @FunctionalInterface
  public interface Step {
    /**
     * Does it.
     *
     * @throws UnreadableSoundException when a backend sent junk
     */
    void apply(Voicing voicing) throws UnreadableSoundException;
  }

  /**
   * What a step did.
   *
   * @param pieces bytes of the stream that are ready, in order; also where it failed
   * @param format as {@link Voicing#format}
   * @param frames as {@link Voicing#framesOut}
   * @param segmentSeconds as {@link Voicing#segmentSeconds}
   * @param failure an {@link UnreadableSoundException} where a backend sent junk, a HubException
   *     for other foreseen failures; empty when all went well
   */
  public record Outcome(
      List<Piece> pieces,
      Optional<AudioFormat> format,
      long frames,
      double segmentSeconds,
      Optional<Throwable> failure) {
    public Outcome {
      pieces = List.copyOf(pieces);
    }
  }

  /** Told of a step, on the loop, before the next one is; for light steps before submit returns. */
  @FunctionalInterface
  public interface Taker {
    /** The step is done. */
    void accept(Outcome outcome);
  }

  private record Task(Step step, int bytes, Taker taker) {}

  /**
   * Has something done; nothing after {@link #close}.
   *
   * @throws HubException when more than 1,024 steps wait
   */
  public void submit(Step step, Taker taker) {
    submit(new Task(step, 0, taker));
  }

  /**
   * Has {@link Voicing#sound} done.
   *
   * @param bytes nobody changes them any more
   * @throws HubException when more than 1,024 steps wait
   */
  public void sound(byte[] bytes, Taker taker) {
    submit(new Task(voice -> voice.sound(bytes), bytes.length, taker));
  }

  private void submit(Task task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (waiting.size() >= STEPS_MAX) {
        throw new HubException(
            new HubError.Overloaded("speech comes faster than it is put together", RETRY_AFTER));
      }
      if (working || !waiting.isEmpty()) {
        waiting.add(task);
        return;
      }
      working = true;
    }
    start(task);
  }

  /** How many steps wait for others. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private void start(Task task) {
    if (task.bytes() <= LIGHT_BYTES_MAX && voicing.isLight()) {
      done(task, run(task.step()));
      return;
    }
    try {
      place.run(() -> {
        Outcome outcome = run(task.step());
        try {
          loop.execute(() -> done(task, outcome));
        } catch (RejectedExecutionException _) {
          // Nobody is left to be told.
          close();
          next();
        }
      });
    } catch (RuntimeException e) {
      done(task, new Outcome(List.of(), Optional.empty(), 0, 0, Optional.of(e)));
    }
  }

  private Outcome run(Step step) {
    Optional<Throwable> failure = Optional.empty();
    try {
      step.apply(voicing);
    } catch (UnreadableSoundException e) {
      failure = Optional.of(e);
    } catch (RuntimeException | LinkageError e) {
      failure = Optional.of(Failures.known(e));
    }
    List<Piece> pieces = new ArrayList<>();
    while (voicing.hasBytes()) {
      pieces.add(voicing.take());
    }
    return new Outcome(
        pieces, voicing.format(), voicing.framesOut(), voicing.segmentSeconds(), failure);
  }

  private void done(Task task, Outcome outcome) {
    boolean tell;
    synchronized (this) {
      tell = !closed;
    }
    try {
      if (tell) {
        task.taker().accept(outcome);
      }
    } finally {
      next();
    }
  }

  /** Starts the next step, or lets go once the stream is closed. */
  private void next() {
    Task task;
    synchronized (this) {
      working = false;
      if (closed) {
        release();
        return;
      }
      task = waiting.poll();
      if (task == null) {
        return;
      }
      working = true;
    }
    start(task);
  }

  /** Steps that have not begun never will, and nobody is told of one that runs. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      waiting.clear();
      if (!working) {
        release();
      }
    }
  }

  private void release() {
    if (released) {
      return;
    }
    released = true;
    try (place) {
      voicing.close();
    }
  }
}

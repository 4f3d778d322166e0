package dev.parley.adapters.espeak;

import dev.parley.adapters.sound.Pieces;
import dev.parley.adapters.sound.Speaking;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Stage;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A text while the program speaks it, 100 ms of sound at a step. */
final class RunningProgram implements Speaking {

  /** It speaks a thousand times faster than a person; longer only because nobody listens. */
  private static final Duration TIME_MAX = Duration.ofMinutes(30);

  private static final long SOUND_BYTES_MAX = 256L * 1024 * 1024;
  private static final int USUAL_RATE_HZ = 22_050;

  private final SpeechCall call;
  private final Target target;
  private final Program program;
  private final Voices voices;
  private final WavHead head = new WavHead();
  private final byte[] buffer = new byte[Pieces.bytesMax(USUAL_RATE_HZ)];
  private final Object lock = new Object();
  private @Nullable Process process;
  private boolean closed;
  private volatile boolean late;
  private String voice = "";
  private byte[] odd = {};
  private long soundBytes;

  RunningProgram(SpeechCall call, Target target, Program program, Voices voices) {
    this.call = call;
    this.target = target;
    this.program = program;
    this.voices = voices;
  }

  @Override
  public boolean step(Consumer<SpeechEvent> out) {
    Process running = running();
    if (running == null) {
      return false;
    }
    try {
      return read(running.getInputStream(), out);
    } catch (IOException | IllegalArgumentException _) {
      throw failed("espeak-ng stopped while it spoke");
    }
  }

  /** The process, started at the first step; null once nobody listens any more. */
  private @Nullable Process running() {
    Process known = process;
    if (known != null) {
      return known;
    }
    voice = Order.voice(call, voices.list(target), target);
    byte[] text = Order.text(call).getBytes(StandardCharsets.UTF_8);
    synchronized (lock) {
      if (closed) {
        return null;
      }
      known = program.start(Order.arguments(call, voice), target);
      process = known;
    }
    Process started = known;
    var _ =
        started
            .onExit()
            .orTimeout(TIME_MAX.toSeconds(), TimeUnit.SECONDS)
            .exceptionally(_ -> stopLate(started));
    // It reads all of the text before it speaks, so this cannot wait for its output to be read.
    try (OutputStream in = started.getOutputStream()) {
      in.write(text);
    } catch (IOException _) {
      throw failed("espeak-ng did not take the text");
    }
    return started;
  }

  private Process stopLate(Process running) {
    late = true;
    return running.destroyForcibly();
  }

  private boolean read(InputStream sound, Consumer<SpeechEvent> out) throws IOException {
    int count = sound.readNBytes(buffer, 0, buffer.length);
    if (count > 0) {
      boolean before = head.isPassed();
      byte[] samples = whole(head.strip(buffer, count));
      if (!before && head.isPassed()) {
        AudioFormat format = AudioFormat.of(AudioEncoding.PCM_S16LE, head.sampleRateHz(), 1);
        out.accept(new SpeechEvent.Opened(format, voice));
      }
      soundBytes += samples.length;
      if (soundBytes > SOUND_BYTES_MAX) {
        throw failed("espeak-ng made more than " + SOUND_BYTES_MAX + " bytes of one text");
      }
      Pieces.pass(samples, head.sampleRateHz(), out);
    }
    if (count == buffer.length) {
      return true;
    }
    if (late) {
      throw new HubException(new HubError.DeadlineExceeded(Stage.TOTAL, TIME_MAX));
    }
    if (!head.isPassed()) {
      throw failed("espeak-ng made no sound");
    }
    return false;
  }

  /** Whole samples only; half of one waits for its other half. */
  private byte[] whole(byte[] bytes) {
    byte[] all = bytes;
    if (odd.length > 0) {
      all = new byte[bytes.length + 1];
      all[0] = odd[0];
      System.arraycopy(bytes, 0, all, 1, bytes.length);
    }
    int even = all.length & ~1;
    odd = even == all.length ? new byte[0] : new byte[] {all[even]};
    return even == all.length ? all : Arrays.copyOf(all, even);
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }
}

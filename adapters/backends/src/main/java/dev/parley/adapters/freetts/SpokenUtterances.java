package dev.parley.adapters.freetts;

import dev.parley.adapters.sound.Pieces;
import dev.parley.adapters.sound.Speaking;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A text while FreeTTS speaks it, a breath at a step. */
final class SpokenUtterances implements Speaking {

  private static final int SAMPLE_BYTES = 2;

  private final Order order;
  private final Voices voices;
  private final Target target;
  private final int sampleRateHz;
  private @Nullable Words words;
  private long samplesBefore;
  private volatile boolean closed;

  SpokenUtterances(Order order, Voices voices, Target target) {
    this.order = order;
    this.voices = voices;
    this.target = target;
    this.sampleRateHz = KevinVoice.sampleRateHz(order.voice());
  }

  @Override
  public boolean step(Consumer<SpeechEvent> out) {
    if (closed) {
      return false;
    }
    KevinVoice voice = voices.borrow(order.voice());
    Words rest = words;
    if (rest == null) {
      rest = new Words(order.readable(), voice.tokenizer(order.readable()));
      words = rest;
      AudioFormat format = AudioFormat.of(AudioEncoding.PCM_S16LE, sampleRateHz, 1);
      out.accept(new SpeechEvent.Opened(format, order.voice()));
    }
    List<Word> next = rest.next();
    if (next.isEmpty()) {
      voices.giveBack(voice);
      // Signs alone are nothing to say; a call that said nothing at all would look broken.
      if (samplesBefore == 0) {
        Pieces.pass(new byte[Pieces.bytesMax(sampleRateHz)], sampleRateHz, out);
      }
      return false;
    }
    Breath breath = voice.speak(next, order.speed(), target);
    // A voice that failed may be in any state, so only one that did not comes back.
    voices.giveBack(voice);
    List<SpeechMark> marks = marks(breath);
    if (!marks.isEmpty()) {
      out.accept(new SpeechEvent.Marks(marks));
    }
    Pieces.pass(breath.samples(), sampleRateHz, out);
    samplesBefore += breath.samples().length / SAMPLE_BYTES;
    return true;
  }

  private List<SpeechMark> marks(Breath breath) {
    List<SpeechMark> marks = new ArrayList<>();
    if (order.marks().contains(SpeechMark.Kind.WORD)) {
      words(breath, marks);
    }
    if (order.marks().contains(SpeechMark.Kind.PHONEME)) {
      for (Breath.Sounding sound : breath.sounds()) {
        marks.add(mark(SpeechMark.Kind.PHONEME, sound.phoneme(), sound, sound, breath));
      }
    }
    return marks;
  }

  private void words(Breath breath, List<SpeechMark> marks) {
    Breath.Sounding first = null;
    Breath.Sounding last = null;
    for (Breath.Sounding sound : breath.sounds()) {
      if (first != null && last != null && !sound.word().equals(first.word())) {
        marks.add(word(first, last, breath));
        first = null;
      }
      first = first == null ? sound : first;
      last = sound;
    }
    if (first != null && last != null) {
      marks.add(word(first, last, breath));
    }
  }

  private SpeechMark word(Breath.Sounding first, Breath.Sounding last, Breath breath) {
    String value = order.text().substring(first.word().from(), first.word().to());
    return mark(SpeechMark.Kind.WORD, value, first, last, breath);
  }

  private SpeechMark mark(
      SpeechMark.Kind kind,
      String value,
      Breath.Sounding first,
      Breath.Sounding last,
      Breath breath) {
    double before = (double) samplesBefore / sampleRateHz;
    double whole = (double) breath.samples().length / SAMPLE_BYTES / sampleRateHz;
    return new SpeechMark(
        kind,
        value,
        before + Math.min(whole, first.start()),
        before + Math.min(whole, last.end()),
        order.text().codePointCount(0, first.word().from()),
        order.text().codePointCount(0, first.word().to()));
  }

  /** Takes effect between two breaths, each of which takes some milliseconds to make. */
  @Override
  public void close() {
    closed = true;
  }
}

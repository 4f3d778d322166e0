package dev.parley.adapters.freetts;

import com.sun.speech.freetts.OutputQueue;
import com.sun.speech.freetts.Tokenizer;
import com.sun.speech.freetts.Utterance;
import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A loaded voice of the engine, for one thread at a time. */
final class KevinVoice {

  /** The usual one first. */
  static final List<String> NAMES = List.of("kevin16", "kevin");

  private static final float WORDS_PER_MINUTE = 150;

  /** What the engine says of its work holds the text; kept here, as loggers are held weakly. */
  private static final Logger NOISE = Logger.getLogger("com.sun.speech.freetts");

  static {
    NOISE.setLevel(Level.OFF);
  }

  private final Voice voice;
  private final Recorder recorder = new Recorder();

  private KevinVoice(Voice voice) {
    this.voice = voice;
  }

  /** Takes some hundred milliseconds the first time. */
  static KevinVoice load(String name) {
    Voice voice =
        Arrays.stream(new KevinVoiceDirectory().getVoices())
            .filter(one -> one.getName().equals(name))
            .findFirst()
            .orElseThrow();
    // With a queue of ours it starts no thread, and without any it works on the calling one.
    voice.setOutputQueue(new OutputQueue());
    voice.allocate();
    voice.setOutputQueue(null);
    KevinVoice loaded = new KevinVoice(voice);
    voice.setAudioPlayer(loaded.recorder);
    return loaded;
  }

  String name() {
    return voice.getName();
  }

  static int sampleRateHz(String name) {
    return name.equals("kevin16") ? 16_000 : 8_000;
  }

  Tokenizer tokenizer(String text) {
    Tokenizer tokenizer = voice.getTokenizer();
    tokenizer.setInputReader(new StringReader(text));
    return tokenizer;
  }

  /** Speaks some words as one breath. */
  Breath speak(List<Word> words, double speed, Target target) {
    voice.setRate((float) (WORDS_PER_MINUTE * speed));
    Utterance utterance = new Utterance(voice, words.stream().map(Word::token).toList());
    SpokenOnce spoken = new SpokenOnce();
    utterance.setSpeakable(spoken);
    utterance.setFirst(true);
    utterance.setLast(true);
    recorder.clear();
    try {
      voice.processUtterance(utterance);
    } catch (com.sun.speech.freetts.ProcessException e) {
      throw failed(target);
    }
    if (spoken.isFailed() || recorder.isFull()) {
      throw failed(target);
    }
    return new Breath(recorder.takeLittleEndian(), Segments.of(utterance, words));
  }

  private static HubException failed(Target target) {
    return new HubException(
        new HubError.BackendFailed(
            target,
            OptionalInt.empty(),
            "its engine failed at this text",
            HubError.Reached.BACKEND));
  }
}

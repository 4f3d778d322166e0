package dev.parley.adapters.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.json.Json;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Form;
import dev.parley.testkit.content.Talk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What tests of the ways of single servers that write down speech have in common. */
abstract class RecognitionQuirks extends RecognizerContract {

  /** Two stretches, with letters outside ASCII. */
  static final Talk TALK =
      Talk.begin(Clip.RATE_HZ)
          .silence(0.1)
          .say("Größe naïve 3,5 now.")
          .silence(0.6)
          .say("How are you?")
          .silence(0.1);

  final String path() {
    return transcriptionPath();
  }

  /** Of these servers only one counts. */
  @Override
  boolean tellsUsage() {
    return false;
  }

  /** What is asked of a talk. */
  record Ask(
      RecognitionTask task,
      List<String> languages,
      String prompt,
      boolean words,
      boolean stream,
      OptionalDouble temperature) {

    static Ask text() {
      return new Ask(
          RecognitionTask.TRANSCRIBE, List.of(), "", false, false, OptionalDouble.empty());
    }

    Ask to(RecognitionTask other) {
      return new Ask(other, languages, prompt, words, stream, temperature);
    }

    Ask in(String... tags) {
      return new Ask(task, List.of(tags), prompt, words, stream, temperature);
    }

    Ask after(String text) {
      return new Ask(task, languages, text, words, stream, temperature);
    }

    Ask withWords() {
      return new Ask(task, languages, prompt, true, stream, temperature);
    }

    Ask streamed() {
      return new Ask(task, languages, prompt, words, true, temperature);
    }

    Ask at(double degree) {
      return new Ask(task, languages, prompt, words, stream, OptionalDouble.of(degree));
    }

    RecognitionCall of(byte[] wav) {
      return new RecognitionCall(
          new Clip(AudioEncoding.WAV, wav, (wav.length - 44) / 2),
          task,
          languages,
          prompt,
          List.of(),
          words,
          words,
          false,
          Optional.empty(),
          temperature,
          stream,
          Json.EMPTY_OBJECT,
          "req-1",
          Map.of(),
          Caller.ANYONE);
    }
  }

  /** What came of a call. */
  static final class Written extends EventRecorder<RecognitionEvent> {
    private Written(long first) {
      super(first);
    }

    Transcript transcript() {
      assertThat(failure()).isNull();
      assertThat(events().getLast()).isInstanceOf(RecognitionEvent.Answer.class);
      return ((RecognitionEvent.Answer) events().getLast()).transcript();
    }

    List<String> deltas() {
      return events().stream()
          .filter(RecognitionEvent.Delta.class::isInstance)
          .map(event -> ((RecognitionEvent.Delta) event).text())
          .toList();
    }
  }

  Written send(Backend to, RecognitionCall call) {
    return send(to, call, model());
  }

  Written send(Backend to, RecognitionCall call, String model) {
    Written written = new Written(Long.MAX_VALUE);
    to.recognition()
        .orElseThrow()
        .recognize(call, new Target("under-test", model))
        .subscribe(written);
    return written;
  }

  Written written(Ask ask) {
    Written written = send(backend, ask.of(TALK.wav()));
    written.awaitEnd();
    return written;
  }

  Transcript transcript(Ask ask) {
    return written(ask).transcript();
  }

  HubError refused(Behaviour behaviour) {
    fake.enqueueFor(path(), behaviour);
    return written(Ask.text()).error();
  }

  HubError unreadable() {
    Written written =
        send(backend, Ask.text().of("no sound at all, but text".repeat(9).getBytes(UTF_8)));
    written.awaitEnd();
    return written.error();
  }

  private Form form() {
    return Form.in(request()).orElseThrow();
  }

  byte[] file(String name) {
    return form().file(name).orElseThrow().bytes();
  }

  Map<String, String> fields() {
    return form().parts().stream()
        .filter(part -> part.fileName().isEmpty())
        .collect(Collectors.toMap(Form.Part::name, Form.Part::text));
  }
}

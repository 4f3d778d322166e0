package dev.parley.hub.edge.grpc;

import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.edge.transcript.TranscriptMessages;
import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.TurnSettings;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import dev.parley.hub.speakers.SpeakersWish;
import dev.parley.proto.v1.DiarizationConfig;
import dev.parley.proto.v1.KnownSpeaker;
import dev.parley.proto.v1.Phrase;
import dev.parley.proto.v1.RecognitionConfig;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import dev.parley.proto.v1.StreamingResult;
import dev.parley.proto.v1.TurnDetection;
import java.util.Locale;
import java.util.function.Consumer;

/** What callers of a live recognition are told in messages. */
final class RecognitionAnswers
    implements EventReply.Answers<LiveEvent, StreamingRecognizeResponse> {

  @Override
  public boolean isOutput(LiveEvent event) {
    return event instanceof LiveEvent.Result result && result.isFinal();
  }

  @Override
  public void tell(LiveEvent event, Consumer<StreamingRecognizeResponse> caller) {
    StreamingRecognizeResponse.Builder message =
        StreamingRecognizeResponse.newBuilder().setAudioProcessedMs(clamped(event.processedMs()));
    switch (event) {
      case LiveEvent.Started started -> message.setStarted(config(started.effective()));
      case LiveEvent.Result result -> message.setResult(result(result));
      case LiveEvent.Heard heard -> message.setSpeech(heard(heard));
      case LiveEvent.Summary summary ->
          message.setSummary(TranscriptMessages.response(summary.all()));
    }
    caller.accept(message.build());
  }

  private static StreamingResult result(LiveEvent.Result told) {
    StreamingResult.Builder result =
        StreamingResult.newBuilder()
            .setSegment(TranscriptMessages.segment(told.id(), 0, told.segment()))
            .setIsFinal(told.isFinal());
    told.stability().ifPresent(stability -> result.setStability((float) stability));
    return result.build();
  }

  private static SpeechEvent heard(LiveEvent.Heard heard) {
    SpeechEvent.Builder event =
        SpeechEvent.newBuilder()
            .setType(
                switch (heard.kind()) {
                  case SPEECH_STARTED -> SpeechEvent.Type.TYPE_SPEECH_STARTED;
                  case SPEECH_STOPPED -> SpeechEvent.Type.TYPE_SPEECH_STOPPED;
                  case EAGER_END_OF_TURN -> SpeechEvent.Type.TYPE_EAGER_END_OF_TURN;
                  case TURN_RESUMED -> SpeechEvent.Type.TYPE_TURN_RESUMED;
                  case END_OF_TURN -> SpeechEvent.Type.TYPE_END_OF_TURN;
                  case FINALIZED -> SpeechEvent.Type.TYPE_FINALIZED;
                })
            .setOffsetMs(clamped(heard.offsetMs()))
            .setTurn(heard.turn());
    heard.probability().ifPresent(probability -> event.setProbability((float) probability));
    return event.build();
  }

  private static StreamingRecognitionConfig config(LiveOrder order) {
    return StreamingRecognitionConfig.newBuilder()
        .setConfig(config(order.wish()))
        .setFormat(AudioFormats.write(order.format()))
        .setInterimResults(order.interims())
        .setSpeechEvents(order.speechEvents())
        .setTurnDetection(turns(order.turns()))
        .build();
  }

  private static RecognitionConfig config(RecognitionWish wish) {
    RecognitionConfig.Builder config =
        RecognitionConfig.newBuilder()
            .setModel(wish.model())
            .addAllLanguages(wish.languages())
            .setTask(
                wish.task() == RecognitionTask.TRANSLATE
                    ? RecognitionConfig.Task.TASK_TRANSLATE
                    : RecognitionConfig.Task.TASK_TRANSCRIBE)
            .setPrompt(wish.prompt())
            .setWordTimestamps(wish.times() == Times.WORDS)
            .setLogprobs(wish.logprobs())
            .setMaxAlternatives(wish.alternatives())
            .setProfanityFilter(wish.profanityFilter())
            .setVerbatim(wish.verbatim())
            .setSeparateChannels(wish.separateChannels())
            .setDenoise(wish.denoise())
            .setExtraJson(extra(wish.extra()));
    wish.phrases()
        .forEach(phrase ->
            config.addPhrases(
                Phrase.newBuilder().setText(phrase.text()).setBoost((float) phrase.boost())));
    wish.speakers().ifPresent(speakers -> config.setDiarization(diarization(speakers)));
    wish.temperature().ifPresent(config::setTemperature);
    wish.speechOnly().ifPresent(speech -> config.setVad(speech(speech)));
    return config.build();
  }

  /** Known speakers by their names: who sent their recordings has them. */
  private static DiarizationConfig diarization(SpeakersWish speakers) {
    DiarizationConfig.Builder config =
        DiarizationConfig.newBuilder()
            .setNumSpeakers(speakers.exactly().orElse(0))
            .setMinSpeakers(speakers.atLeast().orElse(0))
            .setMaxSpeakers(speakers.atMost().orElse(0));
    speakers
        .known()
        .forEach(known -> config.addKnownSpeakers(KnownSpeaker.newBuilder().setName(known.name())));
    return config.build();
  }

  private static TurnDetection turns(TurnSettings turns) {
    TurnDetection.Builder message =
        speech(turns.speech())
            .setMode(
                switch (turns.mode()) {
                  case NONE -> TurnDetection.Mode.MODE_NONE;
                  case SERVER_VAD -> TurnDetection.Mode.MODE_SERVER_VAD;
                  case SEMANTIC -> TurnDetection.Mode.MODE_SEMANTIC;
                })
            .setEagerness(turns.eagerness().name().toLowerCase(Locale.ROOT));
    turns.eagerThreshold().ifPresent(certainty -> message.setEagerThreshold((float) certainty));
    turns.maxWaitMs().ifPresent(message::setMaxWaitMs);
    return message.build();
  }

  private static TurnDetection.Builder speech(dev.parley.core.audio.TurnDetection speech) {
    TurnDetection.Builder message = TurnDetection.newBuilder();
    speech.threshold().ifPresent(threshold -> message.setThreshold((float) threshold));
    speech.prefixPaddingMs().ifPresent(message::setPrefixPaddingMs);
    speech.silenceDurationMs().ifPresent(message::setSilenceDurationMs);
    speech.minSpeechMs().ifPresent(message::setMinSpeechMs);
    speech.maxSpeechMs().ifPresent(message::setMaxSpeechMs);
    return message;
  }

  private static String extra(JsonValue members) {
    return members.isObject() && members.object().size() > 0 ? members.raw() : "";
  }

  private static int clamped(long value) {
    return (int) Math.min(Integer.MAX_VALUE, value);
  }
}

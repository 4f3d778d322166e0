package dev.parley.hub.edge.speakers;

import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.Verification;
import dev.parley.proto.v1.DiarizeResponse;
import dev.parley.proto.v1.SpeakerTurn;
import dev.parley.proto.v1.VerifySpeakerResponse;

/** Answers about speakers as messages of the schema. Pure. */
public final class SpeakerMessages {

  private SpeakerMessages() {}

  /** Who spoke when. */
  public static DiarizeResponse response(Diarization found) {
    DiarizeResponse.Builder response =
        DiarizeResponse.newBuilder()
            .setNumSpeakers(found.speakers())
            .setDuration(found.seconds().orElse(0));
    for (var turn : found.turns()) {
      SpeakerTurn.Builder segment =
          SpeakerTurn.newBuilder()
              .setSpeaker(turn.speaker())
              .setStart(turn.start())
              .setEnd(turn.end());
      turn.probability().ifPresent(probability -> segment.setProbability((float) probability));
      response.addSegments(segment);
    }
    return response.build();
  }

  /** Whether it is the same person. */
  public static VerifySpeakerResponse response(Verification found) {
    return VerifySpeakerResponse.newBuilder()
        .setIsSameSpeaker(found.same())
        .setSimilarityScore((float) found.similarity())
        .setThreshold((float) found.threshold())
        .build();
  }
}

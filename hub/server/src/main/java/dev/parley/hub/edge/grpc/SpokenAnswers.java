package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.edge.http.SpokenBy;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.proto.v1.SynthesizeResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of speech as it is made; the first sound says in which form all of it is. */
final class SpokenAnswers implements EventReply.Answers<SpokenEvent, SynthesizeResponse> {

  private final ServiceRequestContext ctx;
  private @Nullable AudioFormat untold;

  SpokenAnswers(ServiceRequestContext ctx) {
    this.ctx = ctx;
  }

  @Override
  public void tell(SpokenEvent event, Consumer<SynthesizeResponse> caller) {
    switch (event) {
      case SpokenEvent.Begun begun -> {
        SpokenBy.note(ctx, begun);
        untold = begun.format();
      }
      case SpokenEvent.Sound sound -> {
        AudioFormat first = untold;
        untold = null;
        caller.accept(SpeechMessages.sound(sound, first));
      }
      case SpokenEvent.Marks marks -> caller.accept(SpeechMessages.marks(marks));
      case SpokenEvent.Ended ended -> caller.accept(SpeechMessages.end(ended));
    }
  }

  @Override
  public boolean isOutput(SpokenEvent event) {
    return event instanceof SpokenEvent.Sound;
  }
}

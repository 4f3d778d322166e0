package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.Modality;
import dev.parley.proto.v1.CompleteTextRequest;
import dev.parley.proto.v1.Sampling;
import java.util.HashSet;
import java.util.Set;

/** Spells a {@link CompleteTextRequest} as a completion request of the older kind. */
public final class CompletionCodec {

  private static final Set<String> MEMBERS = members();

  private CompletionCodec() {}

  private static Set<String> members() {
    Set<String> members = new HashSet<>(Samplings.MEMBERS);
    members.addAll(Set.of("model", "prompt", "suffix", "echo", "user", "stream", "stream_options"));
    members.remove("top_logprobs");
    return Set.copyOf(members);
  }

  /** The document; {@code stream} asks for deltas. */
  public static JsonValue document(CompleteTextRequest request, boolean stream) {
    Extra extra = Extra.of(request.getExtraJson(), "");
    JsonWriter out = new JsonWriter(512).beginObject();
    Parts.optional(out, "model", request.getModel());
    Prompts.write(out, "prompt", request.getPromptsList(), "prompts");
    Parts.optional(out, "suffix", request.getSuffix());
    Sampling sampling = request.getSampling();
    Samplings.write(out, sampling);
    if (sampling.getLogprobs()) {
      // The older call has one number for both: how many alternatives, 0 being the token alone.
      out.member("logprobs", sampling.getTopLogprobs());
    }
    if (request.getEcho()) {
      out.member("echo", true);
    }
    Parts.optional(out, "user", request.getUser());
    if (stream) {
      ChatCodec.stream(out, request.getIncludeUsage(), extra);
    }
    extra.writeTo(out, ChatCodec.known(sampling, MEMBERS));
    return out.endObject().toValue();
  }

  /** What routing and the stream's plumbing need to know of the request. */
  public static CallHead head(CompleteTextRequest request, boolean stream) {
    return new CallHead(
        request.getModel(),
        stream,
        stream && request.getIncludeUsage(),
        Set.of(Modality.TEXT),
        Set.of(Modality.TEXT));
  }
}

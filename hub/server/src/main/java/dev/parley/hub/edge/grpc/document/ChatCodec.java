package dev.parley.hub.edge.grpc.document;

import dev.parley.core.content.MediaLinks;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.CallHead;
import dev.parley.core.model.Modality;
import dev.parley.proto.v1.AudioOutput;
import dev.parley.proto.v1.CompleteRequest;
import dev.parley.proto.v1.Content;
import dev.parley.proto.v1.Message;
import dev.parley.proto.v1.Sampling;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Spells a {@link CompleteRequest} as a chat completion request. A value that cannot be spelled is
 * a {@code HubException} with the path of its field.
 */
public final class ChatCodec {

  private static final Set<String> MEMBERS = members();
  private static final Set<String> AUDIO_MEMBERS = Set.of("voice", "format");
  private static final Set<String> STREAM_MEMBERS = Set.of("include_usage");

  private ChatCodec() {}

  private static Set<String> members() {
    Set<String> members = new HashSet<>(Samplings.MEMBERS);
    members.addAll(
        Set.of("model", "messages", "tools", "tool_choice", "parallel_tool_calls", "modalities"));
    members.addAll(Set.of("response_format", "audio", "reasoning_effort", "user", "service_tier"));
    members.addAll(Set.of("metadata", "stream", "stream_options"));
    return Set.copyOf(members);
  }

  /** The document; {@code stream} asks for deltas. */
  public static JsonValue document(CompleteRequest request, boolean stream) {
    Extra extra = Extra.of(request.getExtraJson(), "");
    JsonWriter out = new JsonWriter(1_024).beginObject();
    Parts.optional(out, "model", request.getModel());
    out.name("messages").beginArray();
    for (int i = 0; i < request.getMessagesCount(); i++) {
      Messages.write(out, request.getMessages(i), "messages[" + i + "]");
    }
    out.endArray();
    sampling(out, request.getSampling());
    Tools.write(out, request.getToolsList());
    if (request.hasToolChoice()) {
      Tools.write(out, request.getToolChoice());
    }
    if (request.hasParallelToolCalls()) {
      out.member("parallel_tool_calls", request.getParallelToolCalls());
    }
    if (request.hasResponseFormat()) {
      Tools.write(out, request.getResponseFormat());
    }
    if (request.getModalitiesCount() > 0) {
      Samplings.strings(out, "modalities", request.getModalitiesList());
    }
    if (request.hasAudio()) {
      audio(out, request.getAudio());
    }
    Parts.optional(out, "reasoning_effort", request.getReasoningEffort());
    Parts.optional(out, "user", request.getUser());
    Parts.optional(out, "service_tier", request.getServiceTier());
    if (request.getMetadataCount() > 0) {
      out.name("metadata").beginObject();
      for (Map.Entry<String, String> label : new TreeMap<>(request.getMetadataMap()).entrySet()) {
        out.member(label.getKey(), label.getValue());
      }
      out.endObject();
    }
    if (stream) {
      stream(out, request.getIncludeUsage(), extra);
    }
    extra.writeTo(out, known(request.getSampling(), MEMBERS));
    return out.endObject().toValue();
  }

  /** What routing and the stream's plumbing need to know of the request. */
  public static CallHead head(CompleteRequest request, boolean stream) {
    Set<Modality> inputs = EnumSet.of(Modality.TEXT);
    for (Message message : request.getMessagesList()) {
      for (Content part : message.getContentList()) {
        switch (part.getPartCase()) {
          case IMAGE -> inputs.add(Modality.IMAGE);
          case AUDIO -> inputs.add(Modality.AUDIO);
          case VIDEO -> inputs.add(Modality.VIDEO);
          case FILE -> inputs.add(Modality.FILE);
          case TEXT, REFUSAL, PART_NOT_SET -> {}
        }
      }
    }
    Set<Modality> outputs = EnumSet.noneOf(Modality.class);
    for (String name : request.getModalitiesList()) {
      Modality.byName(name).ifPresent(outputs::add);
    }
    if (outputs.isEmpty()) {
      outputs.add(Modality.TEXT);
    }
    boolean includeUsage = stream && request.getIncludeUsage();
    return new CallHead(request.getModel(), stream, includeUsage, inputs, outputs);
  }

  /**
   * The head with where the document links to. What {@code extra_json} brought counts like the
   * rest, so it is the document that is looked at.
   */
  public static CallHead linked(CallHead head, JsonValue document) {
    JsonValue messages = document.get("messages");
    String first = "";
    int i = 0;
    for (JsonValue message : messages == null ? List.<JsonValue>of() : messages.elements()) {
      JsonValue content = message.get("content");
      if (content != null && content.isArray()) {
        int k = 0;
        for (JsonValue part : content.elements()) {
          if (part.isObject()) {
            String link = MediaLinks.first(part, "messages[" + i + "].content[" + k + "]");
            first = first.isEmpty() ? link : first;
          }
          k++;
        }
      }
      i++;
    }
    return first.isEmpty()
        ? head
        : new CallHead(
            head.model(), head.stream(), head.includeUsage(), head.inputs(), head.outputs(), first);
  }

  /** The newer name of max_tokens may ride in extra_json, but not beside the older one. */
  static Set<String> known(Sampling sampling, Set<String> members) {
    if (!sampling.hasMaxTokens()) {
      return members;
    }
    Set<String> more = new HashSet<>(members);
    more.add("max_completion_tokens");
    return more;
  }

  static void stream(JsonWriter out, boolean includeUsage, Extra extra) {
    out.member("stream", true);
    Extra options = extra.inner("stream_options");
    if (includeUsage || !options.isEmpty()) {
      out.name("stream_options").beginObject();
      if (includeUsage) {
        out.member("include_usage", true);
      }
      options.writeTo(out, STREAM_MEMBERS);
      out.endObject();
    }
  }

  private static void sampling(JsonWriter out, Sampling sampling) {
    Samplings.write(out, sampling);
    if (sampling.hasLogprobs()) {
      out.member("logprobs", sampling.getLogprobs());
    }
    if (sampling.hasTopLogprobs()) {
      out.member("top_logprobs", sampling.getTopLogprobs());
    }
  }

  private static void audio(JsonWriter out, AudioOutput audio) {
    out.name("audio").beginObject();
    Parts.optional(out, "voice", audio.getVoiceId());
    Parts.optional(out, "format", audio.getFormat());
    Extra.of(audio.getExtraJson(), "audio").writeTo(out, AUDIO_MEMBERS);
    out.endObject();
  }
}

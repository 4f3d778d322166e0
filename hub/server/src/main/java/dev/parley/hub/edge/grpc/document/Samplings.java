package dev.parley.hub.edge.grpc.document;

import dev.parley.core.json.JsonWriter;
import dev.parley.proto.v1.Sampling;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How tokens are drawn: members of the request itself in OpenAI's dialect. */
final class Samplings {

  static final Set<String> MEMBERS =
      Set.of(
          "temperature",
          "top_p",
          "max_tokens",
          "seed",
          "n",
          "stop",
          "presence_penalty",
          "frequency_penalty",
          "logprobs",
          "top_logprobs",
          "logit_bias");

  private Samplings() {}

  /** Everything but the two members about log-probabilities, which the calls spell differently. */
  static void write(JsonWriter out, Sampling sampling) {
    if (sampling.hasTemperature()) {
      number(out, "temperature", sampling.getTemperature());
    }
    if (sampling.hasTopP()) {
      number(out, "top_p", sampling.getTopP());
    }
    if (sampling.hasMaxTokens()) {
      out.member("max_tokens", sampling.getMaxTokens());
    }
    if (sampling.hasSeed()) {
      out.member("seed", sampling.getSeed());
    }
    if (sampling.hasN()) {
      out.member("n", sampling.getN());
    }
    if (sampling.getStopCount() > 0) {
      strings(out, "stop", sampling.getStopList());
    }
    if (sampling.hasPresencePenalty()) {
      number(out, "presence_penalty", sampling.getPresencePenalty());
    }
    if (sampling.hasFrequencyPenalty()) {
      number(out, "frequency_penalty", sampling.getFrequencyPenalty());
    }
    if (sampling.getLogitBiasCount() > 0) {
      out.name("logit_bias").beginObject();
      for (Map.Entry<String, Double> bias : new TreeMap<>(sampling.getLogitBiasMap()).entrySet()) {
        number(out, bias.getKey(), bias.getValue());
      }
      out.endObject();
    }
  }

  static void strings(JsonWriter out, String name, List<String> values) {
    out.name(name).beginArray();
    values.forEach(out::value);
    out.endArray();
  }

  /** Whole numbers are spelled without a fraction: some backends read a bias as an integer. */
  private static void number(JsonWriter out, String name, double value) {
    if (!Double.isFinite(value)) {
      throw Invalid.field("sampling." + name, Double.toString(value), "a finite number");
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.member(name, (long) value);
    } else {
      out.member(name, value);
    }
  }
}

package dev.parley.hub.limits;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A script, sent by its digest; whole only to a server that does not know it yet. */
final class RedisScript {

  private final String text;
  private final String digest;
  private final ScriptOutputType answer;

  RedisScript(ScriptOutputType answer, String text) {
    this.answer = answer;
    this.text = text;
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      this.digest = HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  <T> CompletableFuture<T> run(
      RedisAsyncCommands<String, byte[]> redis, String[] keys, byte[]... words) {
    return redis
        .<T>evalsha(digest, answer, keys, words)
        .toCompletableFuture()
        .exceptionallyCompose(failure -> {
          Throwable cause =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          return cause instanceof RedisNoScriptException
              ? redis.<T>eval(text, answer, keys, words).toCompletableFuture()
              : CompletableFuture.failedFuture(cause);
        });
  }
}

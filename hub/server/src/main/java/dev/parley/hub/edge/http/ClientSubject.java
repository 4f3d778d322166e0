package dev.parley.hub.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;

/**
 * Whom the certificate of a caller names: the common name of its subject, which the operator's own
 * authority gave, or the whole subject where it has none. Other names in it, such as addresses of
 * mail, are left alone. Read once for each connection.
 */
final class ClientSubject {

  static final int CHARS_MAX = 128;

  private static final AttributeKey<String> SUBJECT =
      AttributeKey.valueOf(ClientSubject.class, "SUBJECT");

  private ClientSubject() {}

  /** Empty without TLS, and where the caller showed no certificate. */
  static String of(ServiceRequestContext ctx) {
    SSLSession session = ctx.sslSession();
    if (session == null) {
      return "";
    }
    Channel connection = ctx.log().partial().channel();
    if (connection == null) {
      return of(session);
    }
    String known = connection.attr(SUBJECT).get();
    if (known == null) {
      known = of(session);
      connection.attr(SUBJECT).set(known);
    }
    return known;
  }

  private static String of(SSLSession session) {
    try {
      Certificate[] shown = session.getPeerCertificates();
      return shown.length > 0 && shown[0] instanceof X509Certificate certificate
          ? of(certificate.getSubjectX500Principal())
          : "";
    } catch (SSLPeerUnverifiedException _) {
      return "";
    }
  }

  static String of(X500Principal subject) {
    String whole = subject.getName();
    try {
      List<Rdn> parts = new LdapName(whole).getRdns();
      // The last one is the most specific.
      for (Rdn part : parts.reversed()) {
        Attribute name = part.toAttributes().get("CN");
        if (name != null && name.get() instanceof String text) {
          return plain(text);
        }
      }
    } catch (InvalidNameException e) {
      return "";
    } catch (NamingException _) {
      // Told as a whole.
    }
    return plain(whole);
  }

  /** Bounded, on one line and without characters that move a cursor. */
  private static String plain(String text) {
    String head = text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) : text;
    return head.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }
}

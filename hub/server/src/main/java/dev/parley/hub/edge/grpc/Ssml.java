package dev.parley.hub.edge.grpc;

import java.io.StringReader;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Tells whether a document can be SSML at all: what its elements mean is the model's to say. */
final class Ssml {

  private static final XMLInputFactory FACTORY = factory();

  private Ssml() {}

  /** Fails with InvalidRequest that names the place, when it is not well-formed. */
  static void check(String document) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(document));
      boolean root = true;
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.DTD) {
          throw SpeechMessages.wrong(
              "ssml", "a document type at " + place(reader.getLocation()), "none");
        }
        if (event == XMLStreamConstants.START_ELEMENT && root) {
          root = false;
          if (!reader.getLocalName().equals("speak")) {
            throw SpeechMessages.wrong(
                "ssml", "another root element at " + place(reader.getLocation()), "<speak>");
          }
        }
      }
    } catch (XMLStreamException e) {
      throw SpeechMessages.wrong(
          "ssml",
          "not well-formed at " + place(e.getLocation()),
          "an XML document with the root element <speak>");
    }
  }

  private static String place(Location location) {
    return location == null
        ? "an unknown place"
        : "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("external entities are not read");
    });
    return factory;
  }
}

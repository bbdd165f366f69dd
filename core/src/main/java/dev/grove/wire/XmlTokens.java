package dev.grove.wire;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import com.fasterxml.aalto.stax.StreamReaderImpl;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over an XML document, see {@link Tokens}. No DTD is loaded and no entity beyond the five of XML is
 * expanded. An element whose parent is known is recognised by its local name, whatever its prefix or namespace.
 */
final class XmlTokens extends Tokens {

    // Holds the table of names, which is shared by all readers and, in Aalto, grows for good.
    private static final InputFactoryImpl FACTORY = factory();

    // The class itself and not its interface: the calls are many and small.
    private final StreamReaderImpl reader;
    private final Bytes document;
    private final int skipped;
    // No name but known ones, without prefixes, has been met so far.
    private boolean familiar = true;
    // A namespace of other people has been the default one: elements without a prefix may be theirs.
    private boolean mixed;
    // The root is none of SyncML's: elements without a namespace have none.
    private boolean foreign;
    private int tag;
    private @Nullable String text = "";

    XmlTokens(Bytes document, Limits limits) throws Malformed {
        super(limits);
        this.document = document;
        Bytes utf8 = XmlInput.utf8(document);
        skipped = Math.max(0, document.length() - utf8.length());
        try {
            reader = (StreamReaderImpl) FACTORY.createXMLStreamReader(
                    new Stax2ByteArraySource(utf8.array(), utf8.arrayOffset(), utf8.length()));
        } catch (XMLStreamException | RuntimeException e) {
            throw new Malformed(0, "", "the document is well-formed XML (XML 1.0 2.1)");
        }
    }

    private static InputFactoryImpl factory() {
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        factory.setProperty(XMLInputFactory2.P_PRESERVE_LOCATION, false);
        return factory;
    }

    @Override
    Tokens again() throws Malformed {
        return new XmlTokens(document, limits);
    }

    @Override
    public int nextTag() throws Malformed {
        for (;;) {
            int event = event();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return element();
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end();
                    return END;
                }
                default -> passOver(event);
            }
        }
    }

    @Override
    public Token next() throws Malformed {
        for (;;) {
            int event = event();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    element();
                    return Token.START;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end();
                    return Token.END;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    text = piece();
                    return Token.TEXT;
                }
                default -> passOver(event);
            }
        }
    }

    @Override
    public String leaf() throws Malformed {
        int outside = depth() - 1;
        String first = "";
        StringBuilder rest = null;
        for (;;) {
            int event = event();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> element();
                case XMLStreamConstants.END_ELEMENT -> {
                    end();
                    if (depth() == outside) {
                        return XmlText.trimmed(rest == null ? first : rest.toString());
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (rest == null && first.isEmpty()) {
                        first = piece();
                    } else {
                        rest = joined(rest, first);
                    }
                }
                default -> passOver(event);
            }
        }
    }

    @Override
    public Token content() throws Malformed {
        String first = "";
        StringBuilder rest = null;
        for (;;) {
            int event = event();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    element();
                    text = Markup.capture(this, rest == null ? first : rest.toString());
                    return Token.MARKUP;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    end();
                    text = rest == null ? first : rest.toString();
                    return Token.TEXT;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (rest == null && first.isEmpty()) {
                        first = piece();
                    } else {
                        rest = joined(rest, first);
                    }
                }
                default -> passOver(event);
            }
        }
    }

    @Override
    public int tag() {
        return tag;
    }

    @Override
    public String name() {
        return reader.getLocalName();
    }

    @Override
    public String namespace() {
        if (tag != UNKNOWN) {
            return CodePage.namespace(tag >> 8);
        }
        String namespace = reader.getNamespaceURI();
        if (namespace == null || namespace.isEmpty()) {
            return foreign ? "" : CodePage.namespace(CodePage.below(ancestor(1)));
        }
        int page = CodePage.ofNamespace(namespace);
        return page < 0 ? namespace : CodePage.namespace(page);
    }

    @Override
    public int attributeCount() {
        return reader.getAttributeCount();
    }

    @Override
    public Attribute attribute(int index) {
        String namespace = reader.getAttributeNamespace(index);
        String prefix = reader.getAttributePrefix(index);
        return new Attribute(namespace == null ? "" : namespace, prefix == null ? "" : prefix,
                reader.getAttributeLocalName(index), reader.getAttributeValue(index));
    }

    @Override
    public String text() {
        return text == null ? "" : text;
    }

    @Override
    public Bytes bytes() {
        return Bytes.utf8(text());
    }

    @Override
    public long offset() {
        return (long) skipped + reader.getLocationInfo().getCurrentLocation().getCharacterOffset();
    }

    private int element() throws Malformed {
        int declared = reader.getNamespaceCount();
        if (declared > 0) {
            familiar &= declared == 1 && reader.getNamespacePrefix(0).isEmpty();
            mixed |= isForeign(reader.getNamespaceURI());
        }
        // Without a prefix, as most names are, the name as it is written is the local name.
        tag = recognised(reader.getPrefixedName(), mixed);
        if (tag == UNKNOWN) {
            tag = unfamiliar();
        }
        if (reader.getAttributeCount() > 0) {
            familiar = false;
        }
        enter(tag);
        return tag;
    }

    private int unfamiliar() {
        familiar = false;
        int tag = recognised(reader.getLocalName(), true);
        foreign |= tag == UNKNOWN && depth() == 0;
        return tag;
    }

    private int recognised(String name, boolean mayBeForeign) {
        int parent = parent();
        if (parent == Tokens.END || parent == Tag.DATA || parent == UNKNOWN) {
            return outermost(name, parent);
        }
        return mayBeForeign && isForeign(reader.getNamespaceURI())
                ? UNKNOWN
                : CodePage.tag(CodePage.below(parent), name);
    }

    /** Where the parent says nothing, the namespace does; but a tree is a tree. */
    private int outermost(String name, int parent) {
        if (parent != UNKNOWN && name.equals("MgmtTree")) {
            return Tag.Ddf.MGMT_TREE;
        }
        String namespace = reader.getNamespaceURI();
        int page = CodePage.ofNamespace(namespace);
        if (page >= 0) {
            return CodePage.tag(page, name);
        }
        return parent == Tokens.END && !isForeign(namespace) ? CodePage.tag(CodePage.SYNCML, name) : UNKNOWN;
    }

    /** SyncML's namespaces are misspelt in many ways, but none of them looks like those of other people. */
    private static boolean isForeign(String namespace) {
        return namespace.startsWith("http") || namespace.startsWith("urn:");
    }

    private int event() throws Malformed {
        try {
            return reader.next();
        } catch (XMLStreamException | RuntimeException e) {
            throw notWellFormed();
        }
    }

    /** Passes over what is neither an element nor text in one: white space, comments and the like. */
    private void passOver(int event) throws Malformed {
        switch (event) {
            case XMLStreamConstants.ENTITY_REFERENCE ->
                throw malformed("entities beyond the five of XML are not expanded (REPPRO 8, XML 1.0 4.1)");
            case XMLStreamConstants.END_DOCUMENT ->
                throw malformed("the document ends before its root element does (XML 1.0 2.1)");
            case XMLStreamConstants.PROCESSING_INSTRUCTION, XMLStreamConstants.DTD -> familiar = false;
            default -> {
                // Means nothing here.
            }
        }
    }

    private String piece() throws Malformed {
        try {
            int length = reader.getTextLength();
            checkText(length);
            return FrequentTexts.of(reader.getTextCharacters(), reader.getTextStart(), length);
        } catch (RuntimeException e) {
            throw notWellFormed();
        }
    }

    private StringBuilder joined(@Nullable StringBuilder joined, String first) throws Malformed {
        StringBuilder text = joined == null ? new StringBuilder(first) : joined;
        text.append(piece());
        checkText(text.length());
        return text;
    }

    private Malformed notWellFormed() {
        return malformed("the document is well-formed XML (XML 1.0 2.1)");
    }

    private void end() {
        leave();
        if (depth() == 0 && familiar) {
            close();
        }
    }

    /**
     * Gives buffers and names back to the factory. A reader that met an unfamiliar name is not closed, only dropped:
     * its names would stay in the shared table for ever, and a peer could fill the memory with them.
     */
    private void close() {
        try {
            reader.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("closing a reader of bytes in memory does nothing that can fail", e);
        }
    }
}

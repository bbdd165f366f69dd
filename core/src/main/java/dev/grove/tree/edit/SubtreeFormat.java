package dev.grove.tree.edit;

import dev.grove.tree.Format;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Value;
import dev.grove.wire.Bytes;
import dev.grove.wire.Malformed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A document that holds a whole sub-tree: TNDS ([TNDS 1.2]). The tree knows what it means, not how it is spelled. */
public interface SubtreeFormat {

    /** The media type of TNDS in XML. */
    String TNDS_XML = "application/vnd.syncml.dmtnds+xml";

    /** The media type of TNDS in WBXML. */
    String TNDS_WBXML = "application/vnd.syncml.dmtnds+wbxml";

    /** Whether a value of this media type is such a document. */
    boolean isDocument(String mediaType);

    /** The nodes at the top of the document. */
    List<SubtreeNode> read(Value document) throws Malformed;

    /** A document with these nodes at its top. */
    Value write(List<SubtreeNode> nodes);

    /**
     * A node in a document; what is not there is absent.
     *
     * @param name empty if it is that of the node that the command aims at
     * @param path where the node above is, below the node that the command aims at; absent: where the document shows it
     * @param properties as text, in the form of {@code ?prop=}; {@link NodePart#VALUE} is never among them
     * @param value the value of a leaf in its native form
     */
    record SubtreeNode(String name, @Nullable NodeUri path, @Nullable Format format, Map<NodePart, String> properties,
            @Nullable Bytes value, List<SubtreeNode> children) {
        public SubtreeNode {
            properties = Map.copyOf(properties);
            children = List.copyOf(children);
        }
    }

    /** No such documents. */
    SubtreeFormat NONE = new SubtreeFormat() {
        @Override
        public boolean isDocument(String mediaType) {
            return false;
        }

        @Override
        public List<SubtreeNode> read(Value document) throws Malformed {
            throw new Malformed(-1, "", "no sub-tree format is installed");
        }

        @Override
        public Value write(List<SubtreeNode> nodes) {
            throw new IllegalStateException("no sub-tree format is installed");
        }
    };
}

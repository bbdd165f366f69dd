package dev.grove.tree.edit;

import dev.grove.tree.Acl.Right;
import dev.grove.tree.Acl;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.Node;
import dev.grove.tree.NodePart;
import dev.grove.tree.NodeUri;
import dev.grove.tree.Outcome;
import dev.grove.tree.StatusCode;
import dev.grove.tree.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Get and Replace of properties, {@code ?prop=} ([TND 1.2 §7.7]). */
final class PropertyAccess {

    private static final DateTimeFormatter BASIC_UTC = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private final Workspace work;
    private final AccessControl access;
    private final NodeChanges nodes;

    PropertyAccess(Workspace work) {
        this.work = work;
        this.access = new AccessControl(work);
        this.nodes = new NodeChanges(work);
    }

    /** The property as text; nothing is inherited, an ACL neither. */
    static String text(NodePart part, NodeUri uri, Node node) {
        return switch (part) {
            case ACL -> node.acl().toString();
            case FORMAT -> node.format().wireName();
            case NAME -> uri.name();
            case SIZE, VALUE -> Integer.toString(node.data().length());
            case TITLE -> node.title();
            case TSTAMP -> timestamp(node.timestamp());
            case TYPE -> node.type();
            case VERNO -> Integer.toString(node.verNo());
        };
    }

    /** ISO 8601, basic, complete, in UTC ([TND 1.2 §7.7.6]), such as {@code 20010711T163817Z}. */
    static String timestamp(Instant instant) {
        return BASIC_UTC.format(instant);
    }

    Outcome get(NodeUri uri, String name) {
        Optional<Outcome> refusal = work.setup.limits().refuse(uri, "?prop=" + name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<NodePart> part = supported(name);
        if (part.isEmpty()) {
            return unsupported(name);
        }
        Optional<Node> node = work.at(uri);
        if (node.isEmpty()) {
            return new Reading(work).missing(uri);
        }
        if (part.get() == NodePart.SIZE && node.get().isInterior()) {
            return unsupported(name);
        }
        return new Reading(work).refuse(uri)
                .orElseGet(() -> Outcome.ok(uri + "?prop=" + part.get().wireName(),
                        Value.text(text(part.get(), uri, node.get()))));
    }

    private Optional<NodePart> supported(String name) {
        return NodePart.of(name).filter(work.setup.rules().properties()::contains);
    }

    private static Outcome unsupported(String name) {
        return Outcome.of(StatusCode.OPTIONAL_FEATURE_NOT_SUPPORTED, "there is no property " + name + " here");
    }

    /** Add, Delete, Copy and Exec of a property: 405, or 406 if there is no such property. */
    Outcome refuseOther(String name) {
        return supported(name).isEmpty() ? unsupported(name)
                : Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "a property can be read and replaced only (TND 7.7)");
    }

    Outcome replace(NodeUri uri, String name, Value value) {
        Optional<Outcome> refusal = work.setup.limits().refuse(uri, "?prop=" + name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<NodePart> part = supported(name);
        if (part.isEmpty()) {
            return unsupported(name);
        }
        Optional<Node> node = work.at(uri);
        if (node.isEmpty()) {
            return NodeChanges.notFound(uri);
        }
        return switch (part.get()) {
            case ACL -> replaceAcl(uri, node.get(), value.text());
            case NAME -> rename(uri, value.text());
            case TITLE -> replaceTitle(uri, node.get(), value);
            case FORMAT, SIZE, TSTAMP, TYPE, VERNO, VALUE ->
                Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, name + " can be read only (TND 7.7)");
        };
    }

    private Outcome replaceAcl(NodeUri uri, Node node, String text) {
        Optional<Outcome> refusal = access.refuseAclChange(uri, node);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Acl acl;
        try {
            acl = Acl.parse(text);
        } catch (IllegalArgumentException e) {
            return Outcome.of(StatusCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
        if (uri.isRoot() && acl.isEmpty()) {
            return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "the root always has an ACL (TND 7.7.1)");
        }
        work.change(uri, node.withAcl(acl).touched(work.now));
        return NodeChanges.OK;
    }

    private Outcome replaceTitle(NodeUri uri, Node node, Value value) {
        Optional<Outcome> refusal = access.refuse(Right.REPLACE, uri);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String title = value.text();
        if (title.getBytes(StandardCharsets.UTF_8).length > Node.MAX_TITLE_BYTES) {
            return Outcome.of(StatusCode.REQUEST_ENTITY_TOO_LARGE,
                    "a title has at most " + Node.MAX_TITLE_BYTES + " bytes (TND 7.7.5)");
        }
        work.change(uri, node.withTitle(title).touched(work.now));
        return NodeChanges.OK;
    }

    /** [TND 1.2 §7.7.3]: 414 for a name that is too long, 418 for a sibling's, 405 for a permanent node. */
    private Outcome rename(NodeUri uri, String name) {
        Optional<Outcome> refusal = refuseName(name).or(() -> work.setup.limits().refuseSegment(name));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (uri.isRoot()) {
            return Outcome.of(StatusCode.COMMAND_NOT_ALLOWED, "the root is always '.' (TND 7.4)");
        }
        if (name.equals(uri.name())) {
            return access.refuse(Right.REPLACE, uri).orElse(NodeChanges.OK);
        }
        NodeUri renamed = uri.parent().child(name);
        if (work.at(renamed).isPresent()) {
            return Outcome.of(StatusCode.ALREADY_EXISTS, renamed + " is there (TND 7.7.3)");
        }
        refusal = access.refuse(Right.REPLACE, uri).or(() -> refuseRename(uri, renamed));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        work.rename(uri, name);
        return NodeChanges.OK;
    }

    private static Optional<Outcome> refuseName(String name) {
        try {
            NodeUri parsed = NodeUri.parse(name);
            if (parsed.segments().size() == 1 && parsed.name().equals(name)) {
                return Optional.empty();
            }
        } catch (IllegalArgumentException e) {
            return Optional.of(Outcome.of(StatusCode.BAD_REQUEST, String.valueOf(e.getMessage())));
        }
        return Optional.of(Outcome.of(StatusCode.BAD_REQUEST, "a name is one segment of a URI (TND 7.4)"));
    }

    private Optional<Outcome> refuseRename(NodeUri uri, NodeUri renamed) {
        if (work.isPermanent(uri)) {
            return NodeChanges.notAllowed(uri + " is permanent (TND 7.5)");
        }
        boolean nameIsDescribed = work.described(uri).map(d -> d.isNamed()).orElse(false)
                || work.described(renamed).map(d -> d.isNamed()).orElse(false);
        if (nameIsDescribed) {
            return NodeChanges.notAllowed("the description gives the name");
        }
        work.loadAll(uri);
        Node node = work.tree().at(uri).orElseThrow();
        return nodes.refuseByDescription(uri, Access.REPLACE).or(() -> work.setup.limits().refuseSubtree(renamed, node))
                .or(() -> refuseMountsBelow(uri));
    }

    private Optional<Outcome> refuseMountsBelow(NodeUri uri) {
        return work.setup.mounts().below(uri).isEmpty() ? Optional.empty()
                : NodeChanges.notAllowed("a permanent node stands below " + uri);
    }
}

package dev.grove.dm2.client;

import dev.grove.dm2.ObjectDocument;
import dev.grove.dm2.access.Delegation.Right;
import dev.grove.dm2.device.DataWriter.Wanted;
import dev.grove.dm2.client.Dm2Memory.Subscription;
import dev.grove.dm2.device.CacheValidator;
import dev.grove.dm2.device.DataWriter;
import dev.grove.dm2.device.Dm2Context;
import dev.grove.dm2.device.ObjectView.Place;
import dev.grove.dm2.device.ObjectView;
import dev.grove.tree.Tree;
import dev.grove.wire.MediaRanges;
import dev.grove.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What servers are to be told of changes ([DM 2.0 §5.3.11]): for each subscription whose nodes are not what they were
 * when the server was told last, all of them, to be sent by HTTP PUT. What cannot be sent is due again next time.
 */
public final class ChangeReports {

    private ChangeReports() {}

    /**
     * Something to be sent.
     *
     * @param told the subscription as it is once the server has been told
     * @param tried the formats in which it was written so far, the packet's too
     */
    public record Report(Subscription told, String url, Packet packet, List<String> tried) {
        public Report {
            tried = List.copyOf(tried);
        }
    }

    /** What the server of the context is to be told; addresses that its account does not allow are not gone to. */
    public static List<Report> due(Tree tree, Dm2Memory memory, Dm2Context context) {
        List<Report> due = new ArrayList<>();
        ObjectView view = new ObjectView(tree, context);
        for (Subscription subscription : memory.subscriptions()) {
            if (subscription.serverId().equals(context.server().serverId())) {
                report(view, subscription, context).ifPresent(due::add);
            }
        }
        return due;
    }

    private static Optional<Report> report(ObjectView view, Subscription subscription, Dm2Context context) {
        List<Place> places = places(view, subscription);
        String now = CacheValidator.of(view, places);
        String url = subscription.to().resolve(context.values());
        if (now.equals(subscription.told()) || context.policy().refuse(url, context.server().url()).isPresent()) {
            return Optional.empty();
        }
        String format = ObjectDocument.MEDIA_TYPE;
        Packet packet = new DataWriter(view, context).write(wanted(places, subscription), format);
        return Optional.of(new Report(subscription.telling(now), url, packet, List.of(format)));
    }

    /** What the server may still see of what it has subscribed to. */
    private static List<Place> places(ObjectView view, Subscription subscription) {
        return view.find(subscription.target()).places().stream()
                .filter(place -> view.isShown(place.uri()) && view.access().allows(Right.READ, place)).toList();
    }

    private static List<Wanted> wanted(List<Place> places, Subscription subscription) {
        return places.stream().map(place -> new Wanted(place.uri(), subscription.target())).toList();
    }

    /** The same in another format, after 415; empty if the receiver takes none that the device can write. */
    public static Optional<Report> otherwise(Report report, String accept, Tree tree, Dm2Context context) {
        ObjectView view = new ObjectView(tree, context);
        List<Wanted> wanted = wanted(places(view, report.told()), report.told());
        DataWriter writer = new DataWriter(view, context);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        return writer.format(wanted, MediaRanges.of(accept), report.tried()).map(format -> {
            List<String> tried = new ArrayList<>(report.tried());
            tried.add(format);
            return new Report(report.told(), report.url(), writer.write(wanted, format), tried);
        });
    }
}

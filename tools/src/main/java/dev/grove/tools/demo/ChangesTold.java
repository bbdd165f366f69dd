package dev.grove.tools.demo;

import dev.grove.client.store.StorageException;
import dev.grove.tools.demo.Chapter.Verdict;
import dev.grove.tools.json.JsonView;
import dev.grove.tree.NodeUri;
import java.util.ArrayList;
import java.util.List;

/**
 * After a subscription: the device changes the node by itself, and the server hears of it and shows it in the mirror.
 * Then the server unsubscribes, and hears of the next change no more ([DM 2.0 §5.3.11, §5.3.12]).
 *
 * @param node where the leaf, an int, is in the tree of the device
 * @param uri by what the server has subscribed to it
 */
record ChangesTold(NodeUri node, String uri) implements Sequel {

    private static final String ALERT_TYPE = "urn:x-grove:at:changed:1.0";
    private static final String HEARD = "55";
    private static final String UNHEARD = "65";

    @Override
    public Verdict play(ApiClient api, Visitor visitor) throws StorageException {
        List<String> complaints = new ArrayList<>();
        visitor.change(node, HEARD);
        List<JsonView> alerts = alerts(api, visitor);
        String answer = alerts.isEmpty() ? "no alert" : "alert: " + alerts.getLast().at("data").text();
        if (alerts.size() != 1 || !alerts.getLast().at("data").text().equals(HEARD)) {
            complaints.add("expected one alert of the type " + ALERT_TYPE + " with " + HEARD + ", got "
                    + alerts.size());
        }
        complain(api, visitor, complaints);
        String status = unsubscribe(api, visitor, complaints);
        visitor.change(node, UNHEARD);
        if (alerts(api, visitor).size() > alerts.size()) {
            complaints.add("the device tells of changes that nobody wants to hear of any more");
        }
        complain(api, visitor, complaints);
        return new Verdict(answer + " " + status, complaints);
    }

    private static List<JsonView> alerts(ApiClient api, Visitor visitor) {
        return api.alerts(visitor.guest().id()).stream()
                .filter(alert -> alert.at("type").text().equals(ALERT_TYPE)).toList();
    }

    /** The mirror knows what was told, and only that. */
    private void complain(ApiClient api, Visitor visitor, List<String> complaints) {
        List<String> values = api.tree(visitor.guest().id()).stream()
                .filter(known -> known.at("uri").text().endsWith("/Settings/" + node.name()))
                .map(known -> known.at("value").text()).toList();
        if (!values.equals(List.of(HEARD))) {
            complaints.add("expected " + HEARD + " in the mirror, found " + values);
        }
    }

    private String unsubscribe(ApiClient api, Visitor visitor, List<String> complaints) throws StorageException {
        String device = visitor.guest().id();
        Asked asked = Asked.asked(200, json -> json.child("unsubscribe", from -> from.text("uri", uri)));
        JsonView given = api.addJob(device, json -> json.array("operations", list -> list.element(asked.member())));
        visitor.call();
        Verdict verdict = Chapter.of("", asked)
                .judge(Chapter.isRefused(given) ? given : api.job(device, given.at("id").text()));
        complaints.addAll(verdict.complaints());
        return verdict.answer();
    }
}

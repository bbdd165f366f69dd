package dev.grove.client.dm2;

import dev.grove.client.transport.Web;
import dev.grove.dm2.access.ServerUriPolicy;
import dev.grove.wire.Limits;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What makes a device one of DM 2.0.
 *
 * @param web how packages and data travel
 * @param policy which addresses of servers it follows
 * @param browser shows pages
 * @param values {@code MNC}, {@code MCC}, {@code CMNC}, {@code CMCC}, {@code SPName}, as far as there are any
 *     ([DM 2.0 §6.2]); {@code DevID} is known
 * @param descriptions by MOID, addresses of the descriptions of the device's objects
 * @param delegates whether rights are dealt out ([DM 2.0 §10]); otherwise every server may do everything
 * @param limits of packages and data
 * @param bootstraps asked in order, as long as there is no account
 * @param takesAnyBootstrap whether bootstraps of nobody in particular are taken
 */
public record Dm2Setup(Web web, ServerUriPolicy policy, Browser browser, Supplier<Map<String, String>> values,
        Map<String, String> descriptions, boolean delegates, Limits limits, List<BootstrapSource> bootstraps,
        boolean takesAnyBootstrap) {

    /** What is taken of packages and data: 16 MiB. */
    public static final Limits LIMITS = new Limits(16 << 20, 64, 200_000, 16 << 20);

    public Dm2Setup {
        descriptions = Map.copyOf(descriptions);
        bootstraps = List.copyOf(bootstraps);
    }

    /** A device without a browser and without a mobile network, that deals out rights and goes to its servers only. */
    public static Dm2Setup of(Web web) {
        return new Dm2Setup(web, ServerUriPolicy.OWN_HOST, Browser.NONE, Map::of, Map.of(), true, LIMITS, List.of(),
                false);
    }

    public Dm2Setup with(ServerUriPolicy changed) {
        return new Dm2Setup(web, changed, browser, values, descriptions, delegates, limits, bootstraps,
                takesAnyBootstrap);
    }

    public Dm2Setup with(Browser changed) {
        return new Dm2Setup(web, policy, changed, values, descriptions, delegates, limits, bootstraps,
                takesAnyBootstrap);
    }

    public Dm2Setup withValues(Supplier<Map<String, String>> changed) {
        return new Dm2Setup(web, policy, browser, changed, descriptions, delegates, limits, bootstraps,
                takesAnyBootstrap);
    }

    public Dm2Setup withDescriptions(Map<String, String> changed) {
        return new Dm2Setup(web, policy, browser, values, changed, delegates, limits, bootstraps, takesAnyBootstrap);
    }

    public Dm2Setup withDelegation(boolean wanted) {
        return new Dm2Setup(web, policy, browser, values, descriptions, wanted, limits, bootstraps,
                takesAnyBootstrap);
    }

    /** @param takesAny also from sources that are not authentic */
    public Dm2Setup withBootstraps(List<BootstrapSource> sources, boolean takesAny) {
        return new Dm2Setup(web, policy, browser, values, descriptions, delegates, limits, sources, takesAny);
    }
}

package dev.grove.tools.device;

import dev.grove.client.dm2.BootstrapSource;
import dev.grove.client.dm2.Dm2Setup;
import dev.grove.client.transport.Web;
import dev.grove.dm2.ServerUri;
import dev.grove.dm2.access.ServerUriPolicy;
import dev.grove.tools.device.user.PageBrowser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code grove device} that are for DM 2.0, and what they mean. */
final class Dm2Options {

    @Option(names = "--bootstrap", paramLabel = "FILE|URL",
            description = "dm20: where a device without an account gets "
                    + "one, a file or the address of a bootstrap server.")
    @Nullable
    String bootstrap;

    @Option(names = "--trust-any-bootstrap", description = "dm20: take a bootstrap by plain HTTP too.")
    boolean trustAnyBootstrap;

    @Option(names = "--allow-host", paramLabel = "HOST", description = "dm20: a further host that servers may send the "
            + "device to, such as repo.example or *.example; all for any public one. May be given several times. "
            + "Default: the server's own.")
    Set<String> hosts = new LinkedHashSet<>();

    @Option(names = "--open-pages",
            description = "dm20: open the pages of SHOW in this machine's browser. Default: print "
                    + "their addresses.")
    boolean openPages;

    @Option(names = "--no-delegation",
            description = "dm20: let every server do everything (no Delegation Access Control).")
    boolean noDelegation;

    @Option(names = "--ddf", paramLabel = "MOID=URL",
            description = "dm20: the address of an object's description, told in "
                    + "package 1. May be given several times.")
    Map<String, String> descriptions = new LinkedHashMap<>();

    @Option(names = "--network", paramLabel = "NAME=VALUE",
            description = "dm20: what stands for MCC, MNC, CMCC, CMNC or "
                    + "SPName in addresses; -1 otherwise. May be given several times.")
    Map<String, String> network = new LinkedHashMap<>();

    /** @param pages shows pages */
    Dm2Setup setup(Web web, PageBrowser pages) {
        Set<String> named = new LinkedHashSet<>(hosts);
        boolean isAnyHost = named.removeIf("all"::equalsIgnoreCase);
        Dm2Setup setup = Dm2Setup.of(web).with(new ServerUriPolicy(named, isAnyHost)).with(pages)
                .withDescriptions(descriptions).withDelegation(!noDelegation).withValues(() -> network);
        return bootstrap == null ? setup : setup.withBootstraps(List.of(source(bootstrap, web)), trustAnyBootstrap);
    }

    private static BootstrapSource source(String where, Web web) {
        String lower = where.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://") || lower.startsWith("https://")) {
            return BootstrapSource.server(new ServerUri(where), web);
        }
        if (!Files.isRegularFile(Path.of(where))) {
            throw new Unusable("--bootstrap is a file or an address, and there is no file " + where);
        }
        return BootstrapSource.file(Path.of(where));
    }
}

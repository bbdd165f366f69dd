package dev.grove.tools.demo;

import dev.grove.tools.demo.Chapter.Verdict;
import java.util.List;

/**
 * The browser of the device has been at the page that was to be shown ([DM 2.0 §5.3.7]).
 *
 * @param page where it tells which device it was
 */
record PageShown(NoticePage page) implements Sequel {

    @Override
    public Verdict play(ApiClient api, Visitor visitor) {
        return page.readers().contains(visitor.guest().id())
                ? new Verdict("page: read", List.of())
                : new Verdict("page: unread", List.of("the page was not opened by " + visitor.guest().id()
                        + ", but by " + page.readers()));
    }
}

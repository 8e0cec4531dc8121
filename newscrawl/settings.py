"""Scrapy settings; every line says why it differs from Scrapy 2.19's default."""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"

# Where results go, for `scrapy crawl NAME`; the command `newscrawl crawl` has its own option.
NEWSCRAWL_OUTPUT = "output"
NEWSCRAWL_ARCHIVE = False  # True: keep every answer in WARC files (docs/archive.md)
NEWSCRAWL_WORKERS = 1  # extraction processes; 0 = in this process
# "plan": look again at articles 1 h, 6 h, 24 h and 7 d after publication; "listed": only while a
# source names them; "always": ask (conditionally) for every known URL that is found
NEWSCRAWL_REVISIT = "plan"
NEWSCRAWL_POLL = "always"  # or "due": ask only sources whose learned time has come
NEWSCRAWL_RUN = None  # set by `newscrawl crawl`: one run for all sites of the process
NEWSCRAWL_HOSTS = None  # set with it: turns and robots.txt, over all sites of the process
NEWSCRAWL_SITES_AT_ONCE = 100  # crawlers in one process; the rest wait their turn
NEWSCRAWL_ALLOW_ADDRESSES: list[str] = []  # HOST:PORT of test servers; never set it for the web

# Who asks. Set it to a text with your address, so that a site can tell you to stop.
USER_AGENT = "newscrawl/0.1 (news crawler; operator has set no contact)"
ROBOTSTXT_USER_AGENT = "newscrawl"

# Manners: one request at a time and a second between them for each host.
CONCURRENT_REQUESTS = 16  # a crawler (site) may have several hosts
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # a page gives one; Scrapy starts so many tasks for every answer
DOWNLOAD_DELAY = 1.0  # kept by ThrottleMiddleware over all crawlers of the process
DOWNLOAD_DELAY_JITTER = 0.0  # the gap is a lower bound, not a mean

# Limits on all that a site sends.
DOWNLOAD_TIMEOUT = 60  # seconds for the whole answer
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes, on the wire and unpacked; the default is 1 GiB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = True  # whole or refused
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
URLLENGTH_LIMIT = 4096  # longer ones are no addresses to discovery either
METAREFRESH_ENABLED = False  # a page may not send us elsewhere

# Safety.
DOWNLOAD_VERIFY_CERTIFICATES = True  # the default does not verify TLS
TWISTED_DNS_RESOLVER = "newscrawl.downloader.resolver.JudgingResolver"
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.downloader.handler.GuardedHandler",
    "https": "newscrawl.downloader.handler.GuardedHandler",
    # Nothing but the web: a redirect to one of these must find no handler.
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
COOKIES_ENABLED = False  # nobody is logged in; cookie bombs find no jar
HTTPPROXY_ENABLED = False  # a proxy would resolve names behind the gate's back; turn on if you must
HTTPAUTH_USER = ""
REFERRER_POLICY = "no-referrer"  # where a link stood is nobody else's business
TELNETCONSOLE_ENABLED = False  # it executes Python
REMOTE_CONTROL_ENABLED = False  # an HTTP server that executes Python
ROBOTSTXT_OBEY = False  # obeyed by RobotsMiddleware: Scrapy's fails open on errors

DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.limits.LimitMiddleware": 10,
    "newscrawl.middlewares.gate.GateMiddleware": 50,
    "newscrawl.middlewares.robots.RobotsMiddleware": 100,
    "newscrawl.middlewares.redirects.RedirectMiddleware": 600,
    # after redirects, so that the answer of a redirect counts as a good one
    "newscrawl.middlewares.backoff.BackoffMiddleware": 610,
    "newscrawl.middlewares.compression.CompressionMiddleware": 620,
    # outside of content encodings, so that the archive has the body as it came
    "newscrawl.middlewares.archive.ArchiveMiddleware": 900,
    "newscrawl.middlewares.throttle.ThrottleMiddleware": 990,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # the spider decides, and logs
}
HTTPERROR_ALLOW_ALL = True  # the spider accounts for every status

ITEM_PIPELINES = {
    "newscrawl.pipelines.ValidatePipeline": 100,
    "newscrawl.pipelines.CleanPipeline": 200,
    "newscrawl.pipelines.DedupPipeline": 300,
    "newscrawl.pipelines.WritePipeline": 900,
}
EXTENSIONS = {
    "newscrawl.extensions.account.AccountExtension": 10,
    "scrapy.extensions.logstats.LogStats": None,  # the progress display and summary say more
    "scrapy.extensions.memusage.MemoryUsage": None,
}

# Sources are asked in the order they are named, articles in the order they were found.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
SCHEDULER_START_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

LOG_FORMATTER = "newscrawl.extensions.logformat.ShortLogFormatter"
LOG_LEVEL = "INFO"
STATS_DUMP = False
LOG_VERSIONS: list[str] = []

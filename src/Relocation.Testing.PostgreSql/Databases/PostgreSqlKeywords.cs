namespace Relocation.Testing.PostgreSql.Databases;

/// <summary>Npgsql's names for keywords of libpq and the JDBC driver.</summary>
internal static class PostgreSqlKeywords
{
    /// <summary>A keyword without effect here, which is ignored.</summary>
    internal const string Ignored = "";

    /// <summary>Keywords of libpq; null for those that require what Npgsql does not support.</summary>
    internal static IReadOnlyDictionary<string, string?> OfLibpq { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["hostaddr"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["connect_timeout"] = "Timeout",
        ["client_encoding"] = "Client Encoding",
        ["options"] = "Options",
        ["application_name"] = "Application Name",
        ["fallback_application_name"] = Ignored,
        ["keepalives"] = Ignored,
        ["keepalives_idle"] = Ignored,
        ["keepalives_interval"] = Ignored,
        ["keepalives_count"] = Ignored,
        ["tcp_user_timeout"] = Ignored,
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["sslnegotiation"] = "SSL Negotiation",
        ["sslcompression"] = Ignored,
        ["sslsni"] = Ignored,
        ["target_session_attrs"] = "Target Session Attributes",
        ["channel_binding"] = "Channel Binding",
        ["require_auth"] = "Require Auth",
        ["gssencmode"] = "GSS Encryption Mode",
        ["krbsrvname"] = "Kerberos Service Name",
        ["gsslib"] = Ignored,
        ["service"] = null,
        ["servicefile"] = null,
        ["sslcrl"] = null,
        ["sslcrldir"] = null,
        ["sslcertmode"] = null,
        ["requiressl"] = null,
        ["requirepeer"] = null,
        ["ssl_min_protocol_version"] = null,
        ["ssl_max_protocol_version"] = null,
        ["min_protocol_version"] = null,
        ["max_protocol_version"] = null,
        ["gssdelegation"] = null,
        ["replication"] = null,
        ["load_balance_hosts"] = null,
    };

    /// <summary>Keywords of the JDBC driver that libpq does not have.</summary>
    internal static IReadOnlyDictionary<string, string?> OfJdbc { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["user"] = "Username",
        ["password"] = "Password",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["currentSchema"] = "Search Path",
        ["ApplicationName"] = "Application Name",
        ["connectTimeout"] = "Timeout",
        ["loginTimeout"] = "Timeout",
        ["options"] = "Options",
        ["socketTimeout"] = Ignored,
        ["tcpKeepAlive"] = Ignored,
        ["prepareThreshold"] = Ignored,
        ["preferQueryMode"] = Ignored,
        ["defaultRowFetchSize"] = Ignored,
        ["reWriteBatchedInserts"] = Ignored,
        ["stringtype"] = Ignored,
        ["binaryTransfer"] = Ignored,
        ["ssl"] = null,
        ["sslfactory"] = null,
        ["targetServerType"] = null,
        ["socketFactory"] = null,
    };

    /// <summary>Keywords that identify connection strings of other products.</summary>
    internal static IReadOnlyList<string> OfOthers { get; } =
    [
        "Initial Catalog", "Integrated Security", "Trusted_Connection", "AttachDbFilename", "MultipleActiveResultSets", "TrustServerCertificate",
        "Encrypt", "Data Source", "DataSource", "Driver", "DSN", "Provider", "AllowUserVariables", "SslMode", "CharSet", "Connection Timeout",
        "Mode", "Cache", "Foreign Keys", "AccountEndpoint", "AccountKey",
    ];
}

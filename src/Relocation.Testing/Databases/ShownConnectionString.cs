using System.Data.Common;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Databases;

/// <summary>A connection string that may be shown: where it leads and as whom, and that it has a password. Nobody knows what else is secret.</summary>
internal static class ShownConnectionString
{
    private static readonly HashSet<string> Shown = new(
        ["host", "server", "port", "database", "username", "user name", "user id", "userid", "user", "uid", "data source", "datasource", "filename", "mode", "cache"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Secrets = new(["password", "pwd", "ssl password", "sslpassword"], StringComparer.OrdinalIgnoreCase);

    internal static string Of(string connectionString)
    {
        if (ConnectionText.ReadPairs(connectionString) is not { } pairs)
        {
            return "(not shown)";
        }

        var shown = new DbConnectionStringBuilder();
        foreach (var (keyword, value) in pairs)
        {
            if (Secrets.Contains(keyword))
            {
                shown[keyword] = "***";
            }
            else if (Shown.Contains(keyword))
            {
                shown[keyword] = ConnectionText.ShownName(value);
            }
        }

        return shown.ConnectionString;
    }
}

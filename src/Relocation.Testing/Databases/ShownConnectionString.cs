using System.Data.Common;

namespace Relocation.Testing.Databases;

/// <summary>A connection string that may be shown.</summary>
internal static class ShownConnectionString
{
    private static readonly string[] Secrets = ["password", "pwd", "ssl password", "sslpassword"];

    internal static string Of(string connectionString)
    {
        var builder = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var secret in Secrets.Where(builder.ContainsKey))
        {
            builder[secret] = "***";
        }

        return builder.ConnectionString;
    }
}

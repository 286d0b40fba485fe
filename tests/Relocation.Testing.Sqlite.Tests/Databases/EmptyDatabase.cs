using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Relocation.Testing.Sqlite.Tests.Databases;

/// <summary>Databases in memory.</summary>
internal static class EmptyDatabase
{
    internal static async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        return connection;
    }
}

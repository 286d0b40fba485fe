using System.Data.Common;

namespace Relocation.Testing.Databases;

/// <summary>The table of a template that holds the results of its imports, until a copy takes them out.</summary>
internal static class ResultsTable
{
    private const string Name = "__relocation_results";

    internal static async Task WriteAsync(DbConnection connection, string bytesType, byte[] results, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // The type's name is the engine's.
            command.CommandText = $"CREATE TABLE {Name} (results {bytesType} NOT NULL); INSERT INTO {Name} VALUES (@results)";
#pragma warning restore CA2100
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@results";
            parameter.Value = results;
            command.Parameters.Add(parameter);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    internal static async Task<byte[]> TakeAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = $"SELECT results FROM {Name}";
            var results = (byte[])(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            command.CommandText = $"DROP TABLE {Name}";
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return results;
        }
    }
}

using System.Data.Common;
using System.Globalization;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Writes and reads rows without records, in the import's transaction.</summary>
internal static class SupportRows
{
    /// <summary>Inserts rows. Fields that an older version's model does not have are left out.</summary>
    internal static Task InsertAsync(
        ImportSession session, ModelLabel model, IReadOnlyList<string> fields, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        var entity = session.Model.Find(model)!;
        var written = Enumerable.Range(0, fields.Count).Where(at => entity.Has(fields[at])).ToList();
        return session.InsertRowsAsync(
            model,
            written.ConvertAll(at => fields[at]),
            written.Count == fields.Count ? rows : rows.Select(row => written.ConvertAll(at => row[at])),
            cancellationToken);
    }

    /// <summary>Reads all rows of a query; parameters are <c>@p0</c> and so on.</summary>
    internal static async Task<IReadOnlyList<object?[]>> QueryAsync(
        ImportSession session, string sql, object?[] parameters, CancellationToken cancellationToken)
    {
        var command = session.CreateCommand(sql);
        await using (command.ConfigureAwait(false))
        {
            AddParameters(command, parameters);
            return await QueryRows.ReadAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static void AddParameters(DbCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = values[i] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}

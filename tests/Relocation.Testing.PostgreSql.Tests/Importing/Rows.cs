using System.Text;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>Makes tables and rows from plain values.</summary>
internal static class Rows
{
    /// <summary>A table whose key is the first <paramref name="keyParts"/> of the columns.</summary>
    internal static Table Table(string name, int keyParts, params (string Column, FieldType Type)[] columns)
    {
        var fields = columns.Select(column => new RelocationField
        {
            Name = column.Column, Column = column.Column, Type = column.Type, StoreType = string.Empty, IsNullable = true,
        }).ToList();
        return new Table { Label = ModelLabel.Parse($"test.{name}"), Name = name, Key = fields[..keyParts], Columns = fields };
    }

    internal static Table Table(string name, params (string Column, FieldType Type)[] columns) => Table(name, 1, columns);

    /// <summary>Text and bytes go into the arena, anything else is fixed.</summary>
    internal static void Add(RowBatch batch, int rank, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var cell = values[i] switch
            {
                null => Cell.Null,
                string text => batch.Add(Encoding.UTF8.GetBytes(text)),
                byte[] bytes => batch.Add(bytes),
                Guid guid => batch.Add(guid.ToByteArray(bigEndian: true)),
                int number => Cell.Fixed(number),
                long number => Cell.Fixed(number),
                bool truth => Cell.Fixed(truth ? 1 : 0),
                double real => Cell.Fixed(BitConverter.DoubleToInt64Bits(real)),
                DateTime moment => Cell.Fixed(moment.Ticks),
                DateOnly date => Cell.Fixed(date.DayNumber),
                TimeOnly time => Cell.Fixed(time.Ticks),
                TimeSpan duration => Cell.Fixed(duration.Ticks),
                var other => throw new ArgumentException($"No cell for {other.GetType()}.", nameof(values)),
            };
            batch.NextRow()[i] = cell;
        }

        batch.CompleteRow(rank);
    }

    /// <summary>Writes rows with the ranks 100, 101, ...</summary>
    internal static async Task WriteAsync(ImportTransaction import, Table table, params IEnumerable<object?[]> rows)
    {
        await using var writer = await import.OpenWriterAsync(table, table.Columns, Scratch.Token);
        var batch = new RowBatch(table.Columns, writer.BatchCapacity);
        var rank = 100;
        foreach (var row in rows)
        {
            Add(batch, rank++, row);
            if (batch.IsFull)
            {
                await writer.WriteAsync(batch, Scratch.Token);
                batch.Clear();
            }
        }

        await writer.WriteAsync(batch, Scratch.Token);
        await writer.CompleteAsync(Scratch.Token);
    }
}

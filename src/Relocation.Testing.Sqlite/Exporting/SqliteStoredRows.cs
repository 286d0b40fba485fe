using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Relocation.Testing.Engines;
using Relocation.Testing.Sqlite.Statements;
using Relocation.Testing.Sqlite.Waiting;
using Relocation.Testing.Values;

namespace Relocation.Testing.Exporting;

/// <summary>Rows of a query, whose values are copied from where SQLite has them.</summary>
internal sealed class SqliteStoredRows : StoredRows
{
    private readonly nint _database;
    private readonly ExportQuery _query;
    private readonly RelocationField[] _columns;
    private readonly SqliteWait _wait;
    private nint _statement;
    private bool _isAtEnd;
    private bool _hasBegun;

    internal SqliteStoredRows(nint database, ExportQuery query, SqliteWait wait)
    {
        _wait = wait;
        _database = database;
        _query = query;
        _columns = [.. query.Columns];
        using var sql = new SqlText();
        sql.Add(query.Sql);
        Check(NativeMethods.Prepare(database, sql.Utf8, sql.Utf8.Length, 0, out _statement, 0), NativeMethods.Ok);
    }

    internal override ValueTask FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_hasBegun)
        {
            Fill(batch);
            return ValueTask.CompletedTask;
        }

        return new ValueTask(BeginAsync(batch, cancellationToken));
    }

    public override ValueTask DisposeAsync()
    {
        _ = NativeMethods.Finalize(_statement);
        _statement = 0;
        return ValueTask.CompletedTask;
    }

    /// <summary>A query can be blocked only before its first row, by writers to its tables in shared memory.</summary>
    private async Task BeginAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        await _wait.DoAsync(
            () =>
            {
                _ = NativeMethods.Reset(_statement);
                Fill(batch);
                return Task.CompletedTask;
            },
            cancellationToken).ConfigureAwait(false);
        _hasBegun = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(RowBatch batch)
    {
        while (!_isAtEnd && !batch.IsFull && batch.BytesUsed < EnoughBytes)
        {
            var code = NativeMethods.Step(_statement);
            if (code == NativeMethods.Done)
            {
                _isAtEnd = true;
                return;
            }

            Check(code, NativeMethods.Row);
            var row = batch.NextRow();
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = Read(column, batch);
            }

            batch.CompleteRow(0);
        }
    }

    private Cell Read(int column, RowBatch batch)
    {
        var field = _columns[column];
        var stored = NativeMethods.ColumnType(_statement, column);
        if (stored == NativeMethods.TypeNull)
        {
            return Cell.Null;
        }

        switch (field.Type)
        {
            case FieldType.Integer or FieldType.Boolean when stored == NativeMethods.TypeInteger:
                return Cell.Fixed(NativeMethods.ColumnInteger(_statement, column));
            case FieldType.Real when stored is NativeMethods.TypeReal or NativeMethods.TypeInteger:
                return Cell.Fixed(BitConverter.DoubleToInt64Bits(NativeMethods.ColumnReal(_statement, column)));
            case FieldType.Text or FieldType.Json or FieldType.Array when stored != NativeMethods.TypeBlob:
            // SQLite stores any text in a numeric column, such as 1,5.
            case FieldType.Decimal when stored != NativeMethods.TypeBlob && IsNumber(Text(column)):
                return batch.Add(Text(column));
            case FieldType.Bytes when stored == NativeMethods.TypeBlob:
            case FieldType.Guid when stored == NativeMethods.TypeBlob && SqliteValueText.IsBlob(field):
                return batch.Add(Bytes(NativeMethods.ColumnBlob(_statement, column), column));
            case FieldType.Integer or FieldType.Boolean or FieldType.Real or FieldType.Bytes or FieldType.Decimal:
                throw ExportErrors.ValueUnreadable(_query.Label, field);
            default:
                return stored == NativeMethods.TypeText && TextValue.TryParse(field.Type, Text(column), batch, out var cell)
                    ? cell
                    : throw ExportErrors.ValueUnreadable(_query.Label, field);
        }
    }

    private static bool IsNumber(ReadOnlySpan<byte> text) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);

    private ReadOnlySpan<byte> Text(int column) => Bytes(NativeMethods.ColumnText(_statement, column), column);

    private unsafe ReadOnlySpan<byte> Bytes(nint address, int column) => new((void*)address, NativeMethods.ColumnBytes(_statement, column));

    private void Check(int code, int expected)
    {
        if (code != expected)
        {
            var message = Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(_database)) ?? string.Empty;
            throw ExportErrors.ExportRefused(_query.Label, "SQLite", message, new Microsoft.Data.Sqlite.SqliteException(message, code));
        }
    }
}

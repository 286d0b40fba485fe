using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Modeling;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Importing;

/// <summary>Inserts rows through prepared statements of several rows each; values are bound where they lie in the batch.</summary>
internal sealed class SqliteRowWriter : RowWriter
{
    private const int RowsInStatement = 16;
    private const int StatementsInBatch = 4;

    /// <summary>SQLite's default limit on the parameters of one statement.</summary>
    private const int MostParameters = 32_766;

    /// <summary>Tells SQLite that bound bytes stay where they are until the statement is reset.</summary>
    private const nint Static = 0;

    private const uint PreparePersistent = 1;

    private readonly nint _database;
    private readonly Table _table;
    private readonly IReadOnlyList<RelocationField> _columns;
    private readonly int[] _toFormat;
    private readonly BindKind[] _kinds;
    private readonly int _rowsInStatement;
    private readonly int _keyColumns;
    private readonly bool _hasTriggers;
    private nint _many;
    private nint _one;
    private StoredNumber? _numbers;

    /// <param name="database">The connection's handle.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="keyColumns">How many columns, from the first, find the row that is written over; 0 to insert rows.</param>
    /// <param name="hasTriggers">
    /// Whether the table has triggers. A conflict clause of ours would hold inside of them, in place of their own statements' clauses; without one,
    /// rows must come one by one, so that it is known which was refused or skipped. Elsewhere ours keeps the clauses of the table's own
    /// constraints from dropping or replacing rows in silence.
    /// </param>
    internal SqliteRowWriter(
        nint database, Table table, IReadOnlyList<RelocationField> columns, int keyColumns = 0, bool hasTriggers = false)
    {
        _hasTriggers = hasTriggers;
        _keyColumns = keyColumns;
        _database = database;
        _table = table;
        _columns = columns;
        _kinds = new BindKind[columns.Count];
        var toFormat = new List<int>(columns.Count);
        for (var i = 0; i < columns.Count; i++)
        {
            _kinds[i] = KindOf(columns[i]);
            if (SqliteValueText.IsNeededFor(columns[i]))
            {
                toFormat.Add(i);
            }
        }

        _toFormat = [.. toFormat];
        _rowsInStatement = keyColumns > 0 || hasTriggers ? 1 : Math.Clamp(MostParameters / columns.Count, 1, RowsInStatement);
    }

    private enum BindKind : byte
    {
        Integer,
        Real,
        Text,
        Blob,
    }

    /// <summary>Called for each statement with rows.</summary>
    internal ImportStop? Stop { get; init; }

    internal override int BatchCapacity => _rowsInStatement * StatementsInBatch;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FormatCells(batch);
        var row = 0;
        for (; batch.Count - row >= _rowsInStatement && _rowsInStatement > 1; row += _rowsInStatement)
        {
            Execute(ManyRows(), batch, row, _rowsInStatement);
        }

        for (; row < batch.Count; row++)
        {
            Execute(OneRow(), batch, row, 1);
        }

        return ValueTask.CompletedTask;
    }

    internal override ValueTask CompleteAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask DisposeAsync()
    {
        _ = NativeMethods.Finalize(_many);
        _ = NativeMethods.Finalize(_one);
        _numbers?.Dispose();
        _many = _one = 0;
        return ValueTask.CompletedTask;
    }

    private static BindKind KindOf(RelocationField column) => column.Type switch
    {
        FieldType.Integer or FieldType.Boolean => BindKind.Integer,
        FieldType.Real => BindKind.Real,
        FieldType.Bytes => BindKind.Blob,
        FieldType.Guid when SqliteValueText.IsBlob(column) => BindKind.Blob,
        _ => BindKind.Text,
    };

    /// <summary>Formats before anything is bound: formatting may move the arena, and bound values must not move.</summary>
    private void FormatCells(RowBatch batch)
    {
        foreach (var column in _toFormat)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                ref var cell = ref batch.CellAt(row, column);
                if (!cell.IsNull)
                {
                    cell = SqliteValueText.Format(_columns[column], cell, batch);
                    if (_columns[column] is { Type: FieldType.Decimal, Limits.KeepsNumbers: true } field)
                    {
                        CheckKept(field, cell, batch, row);
                    }
                }
            }
        }
    }

    /// <summary>A value that a numeric column cannot hold would silently become another number.</summary>
    private void CheckKept(RelocationField field, in Cell cell, RowBatch batch, int row)
    {
        var isWhole = field.Limits.KeepsWholeNumbers && Utf8Parser.TryParse(batch.BytesOf(cell), out long _, out var used) && used == cell.Length;
        if (!isWhole && !(_numbers ??= new StoredNumber(_database)).IsKept(batch.Address + cell.Start, cell.Length))
        {
            throw new RowRefusedException(SqliteErrors.NumberNotKept(field), batch.Ranks[row], RefusalKind.Other, field.Column, null);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Execute(nint statement, RowBatch batch, int first, int count)
    {
        Stop?.BeforeRows();
        var arena = batch.Address;
        var parameter = 1;
        for (var row = first; row < first + count; row++)
        {
            var cells = batch.Row(row);
            for (var column = 0; column < cells.Length; column++)
            {
                Bind(statement, parameter++, cells[column], _kinds[column], arena);
            }
        }

        var code = NativeMethods.Step(statement);
        if (code != NativeMethods.Done)
        {
            throw Refusal(statement, batch, first, count);
        }

        _ = NativeMethods.Reset(statement);
        if (_keyColumns > 0 && NativeMethods.Changes(_database) == 0)
        {
            throw new RowRefusedException(SqliteErrors.RowMissing(_table.Name), batch.Ranks[first], RefusalKind.Other, null, null);
        }
        else if (_hasTriggers && NativeMethods.Changes(_database) == 0)
        {
            throw TriggerErrors.RowSwallowed(batch.Ranks[first]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Bind(nint statement, int parameter, in Cell cell, BindKind kind, nint arena)
    {
        // An empty text has no address of its own; SQLite would take a null pointer for null.
        _ = cell.IsNull ? NativeMethods.BindNull(statement, parameter) : kind switch
        {
            BindKind.Integer => NativeMethods.BindInteger(statement, parameter, cell.Bits),
            BindKind.Real => NativeMethods.BindReal(statement, parameter, BitConverter.Int64BitsToDouble(cell.Bits)),
            BindKind.Text => NativeMethods.BindText(statement, parameter, arena + cell.Start, cell.Length, Static),
            _ => NativeMethods.BindBlob(statement, parameter, arena + cell.Start, cell.Length, Static),
        };
    }

    private Exception Refusal(nint statement, RowBatch batch, int first, int count)
    {
        var extended = NativeMethods.ExtendedErrorCode(_database);
        var message = Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(_database)) ?? string.Empty;

        // OR FAIL keeps the rows before the refused one, so their number says which it is.
        var written = Math.Clamp(NativeMethods.Changes(_database), 0, count - 1);
        _ = NativeMethods.Reset(statement);
        return SqliteRefusal.From(extended, message, count == 1 ? batch.Ranks[first] : batch.Ranks[first + written]);
    }

    private nint ManyRows() => _many == 0 ? _many = Prepare(_rowsInStatement) : _many;

    private nint OneRow() => _one == 0 ? _one = Prepare(1) : _one;

    private nint Prepare(int rows)
    {
        using var sql = new SqlText();
        WriteSql(sql, rows);
        var code = NativeMethods.Prepare(_database, sql.Utf8, sql.Utf8.Length, PreparePersistent, out var statement, 0);
        return code == NativeMethods.Ok
            ? statement
            : throw new SqliteException(Marshal.PtrToStringUTF8(NativeMethods.ErrorMessage(_database)), code);
    }

    private void WriteSql(SqlText sql, int rows)
    {
        if (_keyColumns > 0)
        {
            WriteUpdate(sql);
            return;
        }

        sql.Add(_hasTriggers ? "INSERT INTO " : "INSERT OR FAIL INTO ").AddName(_table.Name).Add(" (");
        for (var column = 0; column < _columns.Count; column++)
        {
            sql.Add(column == 0 ? "" : ",").AddName(_columns[column].Column);
        }

        sql.Add(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Add(row == 0 ? "(?" : ",(?");
            for (var column = 1; column < _columns.Count; column++)
            {
                sql.Add(",?");
            }

            sql.Add(")");
        }
    }

    private void WriteUpdate(SqlText sql)
    {
        sql.Add(_hasTriggers ? "UPDATE " : "UPDATE OR FAIL ").AddName(_table.Name).Add(" SET ");
        for (var column = _keyColumns; column < _columns.Count; column++)
        {
            sql.Add(column == _keyColumns ? "" : ", ").AddName(_columns[column].Column).Add($" = ?{column + 1}");
        }

        for (var column = 0; column < _keyColumns; column++)
        {
            sql.Add(column == 0 ? " WHERE " : " AND ").AddName(_columns[column].Column).Add($" = ?{column + 1}");
        }
    }
}

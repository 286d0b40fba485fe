using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.PostgreSql.Statements;
using Relocation.Testing.PostgreSql.Waiting;

namespace Relocation.Testing.Importing;

/// <summary>Writes rows through one binary COPY, whose frames are made in a buffer of our own.</summary>
internal sealed class CopyWriter : RowWriter
{
    private const short EndOfRows = -1;

    private readonly NpgsqlRawCopyStream _stream;
    private readonly string _table;
    private readonly string _copied;
    private readonly IReadOnlyList<RelocationField> _columns;
    private readonly ColumnEncoder[] _encoders;
    private readonly CopyBuffer _buffer;
    private readonly CopiedLines _lines = new();
    private bool _isEnded;

    private CopyWriter(
        NpgsqlRawCopyStream stream,
        string table,
        string copied,
        IReadOnlyList<RelocationField> columns,
        ColumnEncoder[] encoders,
        CopyBuffer buffer)
    {
        _buffer = buffer;
        _stream = stream;
        _table = table;
        _copied = copied;
        _columns = columns;
        _encoders = encoders;
        WriteHeader();
    }

    /// <summary>Called for each message with rows.</summary>
    internal ImportStop? Stop { get; set; }

    /// <summary>Reports whom the rows wait for, or null without waiting.</summary>
    internal LockWatch? Watch { get; set; }

    internal override int BatchCapacity => 128;

    /// <summary>Begins a COPY into a table, or into a temporary one with the same columns.</summary>
    /// <param name="connection">The connection, which this writer has to itself until it is disposed.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="temporary">The temporary table, or null.</param>
    /// <param name="buffer">What rows wait in; no other writer uses it meanwhile.</param>
    /// <param name="cancellationToken">Cancels the beginning.</param>
    /// <exception cref="RelocationModelException">A column cannot be written.</exception>
    internal static async Task<CopyWriter> OpenAsync(
        NpgsqlConnection connection,
        DatabaseEngine engine,
        TargetTable table,
        IReadOnlyList<RelocationField> columns,
        string? temporary,
        CopyBuffer buffer,
        CancellationToken cancellationToken)
    {
        var encoders = columns.Select(field => EncoderOf(table, field)).ToArray();
        var names = string.Join(", ", columns.Select(field => engine.Quote(field.Column)));
        var sql = $"COPY {temporary ?? table.QuotedName} ({names}) FROM STDIN (FORMAT BINARY)";
        try
        {
            var stream = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken).ConfigureAwait(false);

            // Checking the keys of a million rows takes the server longer than commands usually may. Zero is no limit.
            stream.ReadTimeout = 0;
            stream.WriteTimeout = 0;
            return new CopyWriter(stream, table.Name, temporary ?? table.Name, columns, encoders, buffer);
        }
        catch (PostgresException exception)
        {
            throw ServerRefusal.Of(exception, table.Name);
        }
    }

    /// <summary>How many rows were written.</summary>
    internal long RowCount => _lines.Count;

    /// <summary>The rank of the record that a row, counted from 1, was written for.</summary>
    internal int? RankOf(int row) => _lines.RankOf(row);

    internal override async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var row = 0; row < batch.Count;)
        {
            row = Encode(batch, row);
            if (_buffer.IsFull)
            {
                await FlushAsync().ConfigureAwait(false);
            }
        }
    }

    internal override async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _buffer.WriteInt16(EndOfRows);
        await FlushAsync().ConfigureAwait(false);
        _isEnded = true;
        try
        {
            await WatchedAsync(_stream.DisposeAsync(), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
        {
            throw Refusal(exception);
        }
    }

    /// <summary>A COPY that was not completed is cancelled: merely disposing of the stream would keep its rows.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_isEnded)
        {
            return;
        }

        _isEnded = true;
        try
        {
            await _stream.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException)
        {
            // The caller's error is the one that matters.
        }
        finally
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The signature, no flags, no extension.</summary>
    private void WriteHeader()
    {
        _buffer.Clear();
        _buffer.Write("PGCOPY\n"u8);
        _buffer.Write([0xFF, (byte)'\r', (byte)'\n', 0]);
        _buffer.WriteInt32(0);
        _buffer.WriteInt32(0);
    }

    private static ColumnEncoder EncoderOf(TargetTable table, RelocationField field)
    {
        var column = table.ColumnOf(field);
        return column.IsGenerated
            ? throw PostgreSqlErrors.ColumnGenerated(table.Table, field)
            : EncoderChoice.For(table.Table, field, column);
    }

    /// <summary>Encodes rows until the buffer is full; returns the row that comes next.</summary>
    private int Encode(RowBatch batch, int row)
    {
        var column = 0;
        try
        {
            ReadOnlySpan<byte> arena = batch.Arena;
            for (; row < batch.Count && !_buffer.IsFull; row++)
            {
                var cells = batch.Row(row);
                _buffer.WriteInt16((short)_encoders.Length);
                for (column = 0; column < _encoders.Length; column++)
                {
                    ref readonly var cell = ref cells[column];
                    if (cell.IsNull)
                    {
                        _buffer.WriteNull();
                    }
                    else
                    {
                        _encoders[column].Write(_buffer, cell.Bits, cell.Length == 0 ? default : arena.Slice(cell.Start, cell.Length));
                    }
                }

                _lines.Add(batch.Ranks[row]);
            }

            return row;
        }
        catch (FormatException exception)
        {
            var message = PostgreSqlErrors.ValueRefused(_table, _columns[column].Column, exception.Message);
            throw new RowRefusedException(message, batch.Ranks[row], RefusalKind.Other, _columns[column].Column, exception);
        }
    }

    // Not cancelled halfway: a message that was sent in part would cost the connection.
    private async ValueTask FlushAsync()
    {
        Stop?.BeforeRows();
        try
        {
            await WatchedAsync(_stream.WriteAsync(_buffer.Written, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
            _buffer.Clear();
        }
        catch (PostgresException exception)
        {
            throw Refusal(exception);
        }
    }

    private ValueTask WatchedAsync(ValueTask work, CancellationToken cancellationToken) =>
        work.IsCompleted || Watch is null ? work : new ValueTask(Watch.WhileAsync(work.AsTask, cancellationToken));

    private Exception Refusal(PostgresException exception) =>
        ServerRefusal.Of(exception, _table, ServerRefusal.LineOf(exception.Where, _copied) is { } line ? _lines.RankOf(line) : null);
}

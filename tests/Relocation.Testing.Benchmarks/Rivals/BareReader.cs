using System.Text;
using System.Text.Json;

namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>Reads typed rows token by token, in one pass; records hold model, pk and fields, in that order.</summary>
internal sealed class BareReader(IReadOnlyList<BareTable> tables, IReadOnlyDictionary<string, long> highest, IRowSink sink)
{
    private readonly Dictionary<string, Dictionary<long, long>> _keys = tables.ToDictionary(table => table.Label, _ => new Dictionary<long, long>());
    private BareTable? _table;
    private Dictionary<long, long> _own = [];
    private Dictionary<long, long>?[] _targets = [];
    private BareValue[] _values = [];
    private long _base;
    private long _key;
    private int[] _order = [];
    private int _column;
    private int _place;
    private bool _isModel;

    internal void Read(Stream stream)
    {
        var buffer = new byte[256 * 1024];
        var state = new JsonReaderState();
        var filled = 0;
        var isLast = false;
        while (!isLast)
        {
            var count = stream.Read(buffer, filled, buffer.Length - filled);
            isLast = count == 0;
            filled += count;
            var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isLast, state);
            while (reader.Read())
            {
                Take(ref reader);
            }

            state = reader.CurrentState;
            var consumed = (int)reader.BytesConsumed;
            buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
            filled -= consumed;
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth, reader.TokenType)
        {
            case (1, JsonTokenType.EndObject):
                sink.Write(_key, _values);
                break;
            case (2, JsonTokenType.PropertyName):
                _isModel = reader.ValueTextEquals("model"u8);
                break;
            case (2, JsonTokenType.String) when _isModel:
                EnterTable(ref reader);
                break;
            case (2, JsonTokenType.Number):
                _key = _base + _own.Count + 1;
                _own.Add(reader.GetInt64(), _key);
                _place = 0;
                break;
            case (3, JsonTokenType.PropertyName):
                _column = Find(ref reader);
                break;
            case (3, _):
                TakeValue(ref reader, ref _values[_column]);
                break;
            default:
                break;
        }
    }

    private void EnterTable(ref Utf8JsonReader reader)
    {
        if (_table is not null && reader.ValueTextEquals(_table.Utf8Label))
        {
            return;
        }

        var label = reader.GetString()!;
        _table = tables.First(table => table.Label == label);
        _own = _keys[label];
        _base = highest[_table.Table];
        _targets = [.. _table.Columns.Select(column => column.Target is { } target ? _keys[target] : null)];
        _values = new BareValue[_table.Columns.Length];
        _order = new int[_table.Columns.Length];
        sink.Begin(_table);
    }

    /// <summary>Records of a model list their fields in one order, so the column is the one found there last time.</summary>
    private int Find(ref Utf8JsonReader reader)
    {
        var columns = _table!.Columns;
        ref var expected = ref _order[_place++];
        if (!reader.ValueTextEquals(columns[expected].Utf8Name))
        {
            var name = reader.GetString()!;
            expected = Array.FindIndex(columns, column => column.Utf8Name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(name)));
        }

        return expected;
    }

    private void TakeValue(ref Utf8JsonReader reader, ref BareValue value)
    {
        value.IsNull = reader.TokenType == JsonTokenType.Null;
        if (value.IsNull)
        {
            return;
        }

        switch (_table!.Columns[_column].Kind)
        {
            case BareKind.Text:
                value.Text = reader.GetString();
                break;
            case BareKind.Int32:
                value.Integer = reader.GetInt32();
                break;
            case BareKind.Boolean:
                value.Integer = reader.GetBoolean() ? 1 : 0;
                break;
            case BareKind.DateTime:
                value.DateTime = reader.GetDateTime();
                break;
            case BareKind.Real:
                value.Real = reader.GetDouble();
                break;
            case BareKind.Decimal:
                value.Decimal = reader.GetDecimal();
                break;
            case BareKind.Guid:
                value.Guid = reader.GetGuid();
                break;
            default:
                value.Integer = _targets[_column]![reader.GetInt64()];
                break;
        }
    }
}

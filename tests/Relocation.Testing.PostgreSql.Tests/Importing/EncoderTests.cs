using System.Globalization;
using System.Text.Json;
using CsCheck;
using Npgsql;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>What a COPY stored is compared with what PostgreSQL itself reads from text.</summary>
public sealed class EncoderTests
{
    private static readonly Gen<decimal> Decimals = Gen.OneOf(
        Gen.Decimal, Gen.Decimal[-1m, 1m], Gen.Long.Select(number => (decimal)number), Gen.Int[-5, 5].Select(number => number * 0.0001m));

    private static readonly Gen<string[][]> Lists =
        Gen.Char.Where(c => c != '\0' && !char.IsSurrogate(c)).Array[0, 6].Select(c => new string(c)).Array[0, 5].Array[100];

    private static readonly long Rounds = long.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var rounds) ? rounds : 1;

    [Theory]
    [InlineData("smallint", FieldType.Integer, -32768L, "-32768")]
    [InlineData("integer", FieldType.Integer, 2147483647L, "2147483647")]
    [InlineData("bigint", FieldType.Integer, long.MinValue, "-9223372036854775808")]
    [InlineData("numeric", FieldType.Integer, long.MinValue, "-9223372036854775808")]
    [InlineData("boolean", FieldType.Boolean, true, "true")]
    [InlineData("real", FieldType.Real, 1.5, "1.5")]
    [InlineData("double precision", FieldType.Real, double.NegativeInfinity, "-Infinity")]
    [InlineData("numeric(10,2)", FieldType.Decimal, "12.345", "12.35")]
    [InlineData("numeric", FieldType.Decimal, "1.5e3", "1500")]
    [InlineData("numeric", FieldType.Decimal, "-25e-12", "-0.000000000025")]
    [InlineData("numeric", FieldType.Decimal, "NaN", "NaN")]
    [InlineData("numeric", FieldType.Decimal, "-0.00", "0.00")]
    [InlineData("numeric", FieldType.Decimal, "00012345678901234567890123456789012345678901234567890.10", "12345678901234567890123456789012345678901234567890.10")]
    [InlineData("text", FieldType.Text, "ä€😀", "ä€😀")]
    [InlineData("character varying(3)", FieldType.Text, "abc", "abc")]
    [InlineData("character(5)", FieldType.Text, "abc", "abc")]
    [InlineData("name", FieldType.Text, "abc", "abc")]
    [InlineData("xml", FieldType.Text, "<a/>", "<a/>")]
    [InlineData("mood", FieldType.Text, "so so", "so so")]
    [InlineData("positive", FieldType.Integer, 5L, "5")]
    [InlineData("short_text", FieldType.Text, "abc", "abc")]
    [InlineData("uuid", FieldType.Text, "8E0F5B7C-9d41-4a8e-8f63-0123456789ab", "8e0f5b7c-9d41-4a8e-8f63-0123456789ab")]
    [InlineData("json", FieldType.Json, """{"b":1,"a":[1,2]}""", """{"b":1,"a":[1,2]}""")]
    [InlineData("jsonb", FieldType.Json, """{"b":1,"a":[1,2]}""", """{"a":[1,2],"b":1}""")]
    [InlineData("jsonb", FieldType.Array, "[1,2]", "[1,2]")]
    [InlineData("hstore", FieldType.Json, """{"b":null,"a":"\u00e4\"x","c":1.50}""", """ "a"=>"ä\"x", "b"=>NULL, "c"=>"1.50" """)]
    [InlineData("hstore", FieldType.Json, "{}", "")]
    [InlineData("text", FieldType.Array, "[1,2]", "[1,2]")]
    [InlineData("inet", FieldType.Text, "10.20.30.255", "10.20.30.255")]
    [InlineData("inet", FieldType.Text, "10.20.30.255/24", "10.20.30.255/24")]
    [InlineData("inet", FieldType.Text, "2001:db8::1", "2001:db8::1")]
    [InlineData("inet", FieldType.Text, "::ffff:1.2.3.4", "::ffff:1.2.3.4")]
    [InlineData("cidr", FieldType.Text, "10.20.0.0/16", "10.20.0.0/16")]
    [InlineData("cidr", FieldType.Text, "2001:db8::/32", "2001:db8::/32")]
    [InlineData("integer[]", FieldType.Array, "[1,null,-3]", "{1,NULL,-3}")]
    [InlineData("integer[]", FieldType.Array, "[]", "{}")]
    [InlineData("integer[]", FieldType.Array, "[[],[]]", "{}")]
    [InlineData("smallint[]", FieldType.Array, "[\"7\"]", "{7}")]
    [InlineData("double precision[][]", FieldType.Array, "[[1.5,2],[3,null]]", "{{1.5,2},{3,NULL}}")]
    [InlineData("integer[]", FieldType.Array, "[[[1],[2]],[[3],[4]]]", "{{{1},{2}},{{3},{4}}}")]
    [InlineData("boolean[]", FieldType.Array, "[true,false]", "{t,f}")]
    [InlineData("numeric[]", FieldType.Array, "[1.50,\"2.5\"]", "{1.50,2.5}")]
    [InlineData("text[]", FieldType.Array, """["a\"b","\u00e4,c",""]""", """{"a\"b","ä,c",""}""")]
    [InlineData("mood[]", FieldType.Array, """["so so"]""", """{"so so"}""")]
    [InlineData("positive[]", FieldType.Array, "[5]", "{5}")]
    [InlineData("uuid[]", FieldType.Array, """["8e0f5b7c-9d41-4a8e-8f63-0123456789ab"]""", "{8e0f5b7c-9d41-4a8e-8f63-0123456789ab}")]
    [InlineData("inet[]", FieldType.Array, """["1.2.3.4"]""", "{1.2.3.4}")]
    [InlineData("bytea[]", FieldType.Array, """["AQI="]""", """{"\\x0102"}""")]
    [InlineData("jsonb[]", FieldType.Array, """[{"a":[1]},[2,3],4]""", """{"{\"a\": [1]}","[2, 3]",4}""")]
    [InlineData("date[]", FieldType.Array, """["2024-02-29"]""", "{2024-02-29}")]
    [InlineData("time[]", FieldType.Array, """["23:59:59.5"]""", "{23:59:59.5}")]
    [InlineData("interval[]", FieldType.Array, """["1 02:03:04"]""", "{1 day 02:03:04}")]
    [InlineData("interval[]", FieldType.Array, """["-1 22:00:00","-1.02:00:00"]""", """{-02:00:00,"-1 days -02:00:00"}""")]
    [InlineData("timestamp with time zone[]", FieldType.Array, """["2024-02-29T12:00:00+02:00"]""", """{"2024-02-29 10:00:00+00"}""")]
    public async Task Value_is_stored_as_PostgreSQL_reads_it_from_text(string type, FieldType field, object value, string literal) =>
        await CheckAsync(type, field, [(value, literal)]);

    [Theory]
    [InlineData("date[]", """["2024-02-29"]""", "{2024-02-29}")]
    [InlineData("time[]", """["23:59:59.5"]""", "{23:59:59.5}")]
    [InlineData("timestamp with time zone[]", """["2024-02-29T12:00:00+02:00"]""", """{"2024-02-29 10:00:00+00"}""")]
    public async Task Element_is_stored_alike_wherever_the_process_runs(string type, string value, string literal)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("th-TH");
        try
        {
            await CheckAsync(type, FieldType.Array, [(value, literal)]);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public Task Numeric_is_stored_exactly_for_any_decimal() => ForAnyAsync(Decimals.Array[500], numbers =>
    {
        var texts = numbers.Select(number => number.ToString(CultureInfo.InvariantCulture));
        return CheckAsync("numeric", FieldType.Decimal, [.. texts.Select(text => ((object)text, text))]);
    });

    [Fact]
    public Task Text_is_stored_as_it_is_for_any_characters() => ForAnyAsync(Gen.String.Array[300], drawn =>
    {
        var texts = drawn.Select(text => new string([.. text.Where(character => character != '\0' && !char.IsSurrogate(character))]));
        return CheckAsync("text", FieldType.Text, [.. texts.Select(text => ((object)text, text))]);
    });

    [Fact]
    public Task Moments_are_cut_to_microseconds_for_any_ticks() => ForAnyAsync(Gen.DateTime.Array[300], async drawn =>
    {
        var moments = drawn
            .Select(moment => ((object)moment, moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture))).ToArray();
        await CheckAsync("timestamp", FieldType.DateTime, moments);
        await CheckAsync("timestamptz", FieldType.Instant, [.. moments.Select(moment => (moment.Item1, moment.Item2 + "+00"))]);
        await CheckAsync("date", FieldType.Date, [.. moments.Select(moment => ((object)DateOnly.FromDateTime((DateTime)moment.Item1), moment.Item2[..10]))]);
        await CheckAsync("time", FieldType.Time, [.. moments.Select(moment => ((object)TimeOnly.FromDateTime((DateTime)moment.Item1), moment.Item2[11..]))]);
    });

    [Fact]
    public Task Interval_is_what_the_driver_writes_for_any_duration() => ForAnyAsync(Gen.TimeSpan.Array[200], async drawn =>
    {
        await using var scratch = await Scratch.CreateAsync("CREATE TABLE t (id bigint, v interval)");
        var spans = drawn.Where(span => Math.Abs(span.TotalDays) < 1_000_000)
            .Select(span => new TimeSpan(span.Ticks / 10 * 10)).ToArray();
        var table = Rows.Table("t", ("id", FieldType.Integer), ("v", FieldType.Duration));
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, new TableLoad(table, spans.Length));
        await Rows.WriteAsync(import, table, spans.Select((span, i) => new object?[] { i + 1, span }));
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM t JOIN unnest($1) WITH ORDINALITY AS x(v, i) ON x.i = t.id WHERE x.v::text = t.v::text", scratch.Connection);
        command.Parameters.AddWithValue(spans);
        Assert.Equal((long)spans.Length, await command.ExecuteScalarAsync(Scratch.Token));
    });

    [Fact]
    public Task Reals_and_Guids_and_bytes_are_stored_as_they_are() =>
        ForAnyAsync(Gen.Select(Gen.Guid, Gen.Double, Gen.Float, Gen.Byte.Array).Array[200], async drawn =>
    {
        await using var scratch = await Scratch.CreateAsync("CREATE TABLE t (id uuid, d double precision, s real, b bytea, g text)");
        var table = Rows.Table(
            "t", ("id", FieldType.Guid), ("d", FieldType.Real), ("s", FieldType.Real), ("b", FieldType.Bytes), ("g", FieldType.Guid));
        var rows = drawn
            .Where(row => !double.IsNaN(row.Item2) && !float.IsNaN(row.Item3)).DistinctBy(row => row.Item1).ToArray();
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, new TableLoad(table, rows.Length));
        await Rows.WriteAsync(
            import, table, rows.Select(row => new object?[] { row.Item1, row.Item2, (double)row.Item3, row.Item4, row.Item1 }));
        await using var command = new NpgsqlCommand("SELECT * FROM t", scratch.Connection);
        await using var reader = await command.ExecuteReaderAsync(Scratch.Token);
        var stored = new Dictionary<Guid, (double, float, string, string)>();
        while (await reader.ReadAsync(Scratch.Token))
        {
            stored.Add(
                reader.GetGuid(0),
                (reader.GetDouble(1), reader.GetFloat(2), Convert.ToHexString((byte[])reader[3]), reader.GetString(4)));
        }

        Assert.Equal(
            rows.ToDictionary(row => row.Item1, row => (row.Item2, row.Item3, Convert.ToHexString(row.Item4), row.Item1.ToString())),
            stored);
    });

    [Fact]
    public Task Arrays_are_stored_as_the_driver_writes_them_for_any_texts() => ForAnyAsync(Lists, async texts =>
    {
        await using var scratch = await Scratch.CreateAsync("CREATE TABLE t (id bigint, v text[])");
        var table = Rows.Table("t", ("id", FieldType.Integer), ("v", FieldType.Array));
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, new TableLoad(table, texts.Length));
        await Rows.WriteAsync(import, table, texts.Select((text, i) => new object?[] { i, JsonSerializer.Serialize(text) }));
        await using var command = new NpgsqlCommand("SELECT v FROM t ORDER BY id", scratch.Connection);
        await using var reader = await command.ExecuteReaderAsync(Scratch.Token);
        foreach (var text in texts)
        {
            Assert.True(await reader.ReadAsync(Scratch.Token));
            Assert.Equal(text, reader.GetFieldValue<string[]>(0));
        }
    });

    [Theory]
    [InlineData("smallint", FieldType.Integer, 32768L, "out of the range of type 'smallint'")]
    [InlineData("integer", FieldType.Integer, -2147483649L, "out of the range of type 'integer'")]
    [InlineData("real", FieldType.Real, 1e300, "out of the range of type 'real'")]
    [InlineData("numeric", FieldType.Decimal, "12x", "no number")]
    [InlineData("numeric", FieldType.Decimal, "1e999999999", "out of the range of type 'numeric'")]
    [InlineData("uuid", FieldType.Text, "secret", "no Guid")]
    [InlineData("inet", FieldType.Text, "1.2.3", "no network address")]
    [InlineData("inet", FieldType.Text, "1.2.3.4/33", "no network address")]
    [InlineData("inet", FieldType.Text, "fe80::1%eth0", "no network address")]
    [InlineData("hstore", FieldType.Json, "{\"secret\":[]}", "no object of texts")]
    [InlineData("hstore", FieldType.Json, "[\"secret\"]", "no object")]
    [InlineData("integer[]", FieldType.Array, "[[1],[2,3]]", "equally long")]
    [InlineData("integer[]", FieldType.Array, "[1,[2]]", "equally long")]
    [InlineData("integer[]", FieldType.Array, "[1.5]", "out of the range")]
    [InlineData("integer[]", FieldType.Array, "[\"secret\"]", "does not fit type 'int4'")]
    [InlineData("integer[]", FieldType.Array, "{\"a\":1}", "no list")]
    [InlineData("interval[]", FieldType.Array, "[\"24:00:00\"]", "does not fit type 'interval'")]
    [InlineData("interval[]", FieldType.Array, "[\"1 24:00:00\"]", "does not fit type 'interval'")]
    [InlineData("character varying(3)", FieldType.Text, "secret", "too long")]
    [InlineData("text", FieldType.Text, "secret\0", "NUL")]
    [InlineData("mood", FieldType.Text, "secret", "refused")]
    [InlineData("jsonb", FieldType.Json, "{secret", "refused")]
    [InlineData("positive", FieldType.Integer, -1L, "positive_check")]
    public async Task Refused_value_names_its_rank_and_not_itself(string type, FieldType field, object value, string expected)
    {
        await using var scratch = await CreateAsync(type);
        var table = Rows.Table("t", ("id", FieldType.Integer), ("v", field));
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, new TableLoad(table, 3));
        var refused = await Assert.ThrowsAsync<RowRefusedException>(
            () => Rows.WriteAsync(import, table, [1, null], [2, value], [3, null]));
        Assert.Equal(101, refused.Rank);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("integer", FieldType.Text, "does not hold a field of type Text")]
    [InlineData("timestamp", FieldType.Text, "does not hold a field of type Text")]
    [InlineData("text", FieldType.Integer, "does not hold a field of type Integer")]
    [InlineData("int4range", FieldType.Text, "type 'int4range', which cannot be written")]
    [InlineData("point[]", FieldType.Array, "type 'point[]', which cannot be written")]
    [InlineData("integer GENERATED ALWAYS AS (1) STORED", FieldType.Integer, "computed by the database")]
    public async Task Column_that_does_not_fit_is_named_before_the_first_row(string type, FieldType field, string expected)
    {
        await using var scratch = await CreateAsync(type);
        var table = Rows.Table("t", ("id", FieldType.Integer), ("v", field));
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, new TableLoad(table, 1));
        var refused = await Assert.ThrowsAsync<RelocationModelException>(
            () => import.OpenWriterAsync(table, table.Columns, Scratch.Token));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("'v'", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Another value in every run; it is large, so one round trip checks many. A failure names the seed that <c>CsCheck_Seed</c> takes, and
    /// <c>CsCheck_Iter</c> asks for more rounds.
    /// </summary>
    private static Task ForAnyAsync<T>(Gen<T> gen, Func<T, Task> check) =>
        gen.SampleAsync(check, iter: Rounds, threads: 1, print: static _ => typeof(T).Name);

    private static Task<Scratch> CreateAsync(string type) => Scratch.CreateAsync(
        "CREATE EXTENSION IF NOT EXISTS hstore; CREATE TYPE mood AS ENUM ('sad', 'so so'); CREATE DOMAIN number AS integer; CREATE DOMAIN positive AS number CHECK (VALUE > 0); "
        + $"CREATE DOMAIN short_text AS varchar(3); SET timezone TO 'UTC'; CREATE TABLE t (id bigint, v {type})");

    private static async Task CheckAsync(string type, FieldType field, (object Value, string Literal)[] values)
    {
        await using var scratch = await CreateAsync(type);
        var table = Rows.Table("t", ("id", FieldType.Integer), ("v", field));
        await using var import = await scratch.BeginAsync(SetAsideRule.Never, new TableLoad(table, values.Length));
        await Rows.WriteAsync(import, table, values.Select((value, i) => new object?[] { i + 1, value.Value }).Append([0, null]));
        await import.CommitAsync(Scratch.Token);
        await using var command = new NpgsqlCommand(
            "SELECT x.l, t.v::text FROM unnest($1) WITH ORDINALITY AS x(l, i) LEFT JOIN t ON t.id = x.i "
            + $"WHERE t.v::text IS DISTINCT FROM (x.l::{type})::text "
            + "UNION ALL SELECT 'null', v::text FROM t WHERE id = 0 AND v IS NOT NULL",
            scratch.Connection);
        command.Parameters.AddWithValue(Array.ConvertAll(values, value => value.Literal));
        await using var reader = await command.ExecuteReaderAsync(Scratch.Token);
        Assert.False(
            await reader.ReadAsync(Scratch.Token),
            reader.HasRows ? $"{reader.GetValue(0)} was stored as {reader.GetValue(1)}." : null);
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.Specification.Values;

/// <summary>Every type that a property may have, in every form that its values may be stored in, with the values at its edges.</summary>
public static class ValueCases
{
    private const string LastMoment = "9999-12-31T23:59:59.9999999";

    private static readonly DateTime Last = DateTime.MaxValue;

    public static IReadOnlyList<ValueCase> All { get; } = [.. Whole(), .. Real(), .. Exact(), .. Texts(), .. Moments(), .. Converted(), .. Enums(), .. Lists(), .. Documents()];

    /// <summary>Types of documents, whose values are any JSON: <see cref="EverythingContext"/> has them.</summary>
    public static IReadOnlyList<Type> Documented { get; } = [typeof(JsonDocument), typeof(JsonElement)];

    public static IEnumerable<ValueCase> Whole() =>
    [
        Number<sbyte>("sbyte", sbyte.MinValue, sbyte.MaxValue),
        Number<byte>("byte", byte.MinValue, byte.MaxValue),
        Number<short>("short", short.MinValue, short.MaxValue),
        Number<ushort>("ushort", ushort.MinValue, ushort.MaxValue),
        Number<int>("int", int.MinValue, int.MaxValue),
        Number<uint>("uint", uint.MinValue, uint.MaxValue),
        Number<long>("long", long.MinValue, long.MaxValue),
        new ValueCase<ulong>("ulong").Takes("0", 0).Takes("1", 1).Takes("9223372036854775808", 1UL << 63).Takes("18446744073709551615", ulong.MaxValue)
            .Refuses("-1", "18446744073709551616", "1.5", "true"),
        new ValueCase<int?>("nullable_int").Takes("null", null).Takes("2147483647", int.MaxValue).Refuses("2147483648", "-2147483649"),
        new ValueCase<byte?>("nullable_byte").Takes("null", null).Takes("255", byte.MaxValue).Refuses("256", "-1"),
        new ValueCase<int>("int_as_text", (property, _) => property.HasConversion<string>()).Takes("7", 7).Takes("-2147483648", int.MinValue)
            .Takes("\"12\"", 12).Refuses("2147483648", "\"twelve\"", "\"2147483648\""),
        new ValueCase<long>("long_as_int", (property, _) => property.HasConversion<int>()).Takes("2147483647", int.MaxValue).Refuses("2147483648"),
        new ValueCase<bool>("bool").Takes("true", true).Takes("false", false).Refuses("1", "\"true\""),
        new ValueCase<bool>("bool_as_int", (property, _) => property.HasConversion<int>()).Takes("true", true).Takes("false", false).Takes("1", true).Takes("0", false)
            .Refuses("7", "-1", "\"Y\""),
        new ValueCase<bool>("bool_as_letter", (property, _) => property.HasConversion(new BoolToStringConverter("N", "Y"))).Takes("true", true).Takes("\"Y\"", true)
            .Takes("\"N\"", false).Refuses("1", "\"perhaps\""),
    ];

    public static IEnumerable<ValueCase> Real() =>
    [
        new ValueCase<double>("double").Takes("0.1", 0.1).Takes("1e-05", 1e-5).Takes("1E+22", 1e22).Takes("5e-324", double.Epsilon).Takes("-1.7976931348623157e308", double.MinValue)
            .Takes("100", 100).Takes("-0.0", 0).Takes("47735144456724592.0", 47735144456724592.0).Takes("0.30000000000000004", 0.1 + 0.2)
            .Takes("\"Infinity\"", double.PositiveInfinity).Takes("\"-Infinity\"", double.NegativeInfinity).Takes("\"NaN\"", double.NaN, onSqlite: false)
            .Refuses("1e400", "-1e400", "1e-400", "\"1.5\"", "\"nan\"", "true", "1e99999999999"),
        new ValueCase<float>("float").Takes("0.1", 0.1f).Takes("3.4028235e38", float.MaxValue).Takes("1.4e-45", float.Epsilon).Takes("16777216", 16777216)
            .Takes("\"Infinity\"", float.PositiveInfinity).Takes("\"NaN\"", float.NaN, onSqlite: false).Refuses("3.5e38", "1e-50", "1e400"),
        new ValueCase<double?>("nullable_double").Takes("null", null).Takes("-2.5", -2.5).Refuses("1e309"),
    ];

    public static IEnumerable<ValueCase> Exact() =>
    [
        new ValueCase<decimal>("decimal").Takes("\"12.50\"", 12.50m).Takes("7", 7m).Takes("\"79228162514264337593543950335\"", decimal.MaxValue)
            .Takes("\"-79228162514264337593543950335\"", decimal.MinValue).Takes("\"0.0000000000000000000000000001\"", 0.0000000000000000000000000001m)
            .Takes("1E2", 100m).Takes("1.5", 1.5m).Takes("-0.00", 0m).Takes("\"1.10000000000000000000000000000000000\"", 1.1m)
            .Refuses("\"79228162514264337593543950336\"", "\"0.00000000000000000000000000001\"", "\"1.00000000000000000000000000001\"", "1e400", "1e-400", "\"NaN\"", "\"Infinity\"",
                "\"twelve\"", "true", "1e99999999999"),
        new ValueCase<decimal>("decimal_10_2", (property, _) => property.HasPrecision(10, 2)).Takes("\"12.50\"", 12.50m).Takes("\"99999999.99\"", 99999999.99m)
            .Takes("\"1.500\"", 1.5m).Refuses("\"100000000\"", "\"0.001\"", "\"-100000000.00\""),
        new ValueCase<decimal>("decimal_23_2", (property, _) => property.HasColumnType("decimal(23,2)")).Takes("\"9999999999999.99\"", 9999999999999.99m, onSqlite: false).Takes("\"12.50\"", 12.50m)
            .Takes("\"9223372036854775807\"", 9223372036854775807m).Takes("\"99999999999999.99\"", 99999999999999.99m, onSqlite: false)
            .Takes("\"100000000000000000000\"", 100000000000000000000m)
            .Refuses("\"0.001\"", "\"1000000000000000000000\""),
        new ValueCase<decimal>("decimal_in_real", (property, isSqlite) => property.HasColumnType(isSqlite ? "REAL" : "numeric")).Takes("\"0.1\"", 0.1m)
            .Takes("\"123456789012345\"", 123456789012345m).Takes("\"1234567890123456\"", 1234567890123456m)
            .Takes("\"12345678901234567890\"", 12345678901234567890m, onSqlite: false),
        new ValueCase<decimal>("decimal_as_double", (property, isSqlite) => Convert<decimal, double>(property, isSqlite)).Takes("\"1.5\"", 1.5m).Takes("1.5", 1.5m)
            .Takes("\"0.1234567890123456789\"", 0.1234567890123456789m, onSqlite: false).Refuses("\"x\""),
    ];

    public static IEnumerable<ValueCase> Texts() =>
    [
        new ValueCase<string>("string").Takes("\"\"", "").Takes("\"a\\n\\\"\\u00e9\\ud83d\\ude00\"", "a\n\"é😀").Takes("\"  \"", "  ").Takes("\"007\"", "007").Refuses("7", "\"a\\u0000\""),
        new ValueCase<string>("string_of_5", (property, _) => property.HasMaxLength(5)).Takes("\"abcde\"", "abcde").Takes("\"éééé😀\"", "éééé😀").Refuses("\"abcdef\""),
        new ValueCase<char>("char").Takes("\"a\"", 'a').Takes("\"é\"", 'é').Refuses("\"ab\""),
        new ValueCase<byte[]>("bytes").Takes("\"AAEC/w==\"", [0, 1, 2, 255]).Takes("\"\"", []).Refuses("\"?\"", "7"),
        new ValueCase<Guid>("guid").Takes("\"0f8fad5b-d9cb-469f-a165-70867728950e\"", Known).Takes("\"0F8FAD5B-D9CB-469F-A165-70867728950E\"", Known)
            .Takes("\"00000000-0000-0000-0000-000000000000\"", Guid.Empty).Refuses("\"0f8fad5b\"", "7"),
        new ValueCase<Guid>("guid_as_text", (property, _) => property.HasConversion<string>()).Takes("\"0f8fad5b-d9cb-469f-a165-70867728950e\"", Known)
            .Takes("\"0F8FAD5B-D9CB-469F-A165-70867728950E\"", Known).Refuses("\"hello\""),
        new ValueCase<Guid>("guid_as_bytes", (property, _) => property.HasConversion<byte[]>()).Takes("\"0f8fad5b-d9cb-469f-a165-70867728950e\"", Known)
            .Takes($"\"{System.Convert.ToBase64String(new GuidToBytesConverter().ConvertToProvider(Known) as byte[] ?? [])}\"", Known).Refuses("\"AAEC\""),
        new ValueCase<Uri>("uri").Takes("\"https://example.test/a%20b?c=d\"", new Uri("https://example.test/a%20b?c=d")),
        new ValueCase<Postcode>("value_object", (property, _) => property.HasConversion(value => value!.Text, text => new Postcode(text))).Takes("\"12345\"", new Postcode("12345")).Refuses("\"123\""),
        new ValueCase<IPAddress>("address").Takes("\"10.0.0.1\"", IPAddress.Parse("10.0.0.1")).Takes("\"2001:db8::1\"", IPAddress.Parse("2001:db8::1")).Refuses("\"nowhere\""),
    ];

    public static IEnumerable<ValueCase> Moments() =>
    [
        new ValueCase<DateTime>("datetime").Takes("\"2024-05-22T20:32:00.082666Z\"", Utc("2024-05-22T20:32:00.082666"))
            .Takes("\"2024-01-02T10:00:00+02:00\"", Utc("2024-01-02T08:00:00")).Takes("\"0001-01-01T00:00:00\"", DateTime.MinValue).Takes($"\"{LastMoment}\"", Last)
            .Takes("\"2024-05-22T20:32:00.0826661Z\"", Utc("2024-05-22T20:32:00.0826661"), isCut: true).Takes("\"2024-02-29\"", Utc("2024-02-29T00:00:00"))
            .Refuses("\"2023-02-29\"", "\"2024-06-30T23:59:60Z\"", "\"2024-01-01T24:00:00\"", "\"10000-01-01\"", "\"0000-01-01\"", "\"infinity\"", "7", "\"0001-01-01T00:00:00+01:00\""),
        new ValueCase<DateTime>("local_datetime", (property, isSqlite) => { if (!isSqlite) { property.HasColumnType("timestamp without time zone"); } })
            .Takes("\"2024-05-22T20:32:00\"", Utc("2024-05-22T20:32:00")).Takes($"\"{LastMoment}\"", Last).Refuses("\"24:00\""),
        new ValueCase<DateTimeOffset>("offset").Takes("\"2024-01-02T10:00:00+02:00\"", DateTimeOffset.Parse("2024-01-02T10:00:00+02:00", CultureInfo.InvariantCulture))
            .Takes("\"2024-01-02T10:00:00-09:30\"", DateTimeOffset.Parse("2024-01-02T10:00:00-09:30", CultureInfo.InvariantCulture))
            .Takes("\"2024-05-22T20:32:00.0826669Z\"", DateTimeOffset.Parse("2024-05-22T20:32:00.0826669Z", CultureInfo.InvariantCulture), isCut: true)
            .Takes($"\"{LastMoment}Z\"", DateTimeOffset.MaxValue).Takes("\"0001-01-01T00:00:00Z\"", DateTimeOffset.MinValue)
            .Refuses("\"2024-01-02T10:00:00+15:00\"", "\"2024-01-02T10:00:00+2\"", "7", "\"0001-01-01T00:00:00+02:00\"", $"\"{LastMoment}-02:00\""),
        new ValueCase<DateOnly>("date").Takes("\"2024-02-29\"", new DateOnly(2024, 2, 29)).Takes("\"0001-01-01\"", DateOnly.MinValue).Takes("\"9999-12-31\"", DateOnly.MaxValue)
            .Refuses("\"2023-02-29\"", "\"2024-1-1\"", "\"-infinity\""),
        new ValueCase<TimeOnly>("time").Takes("\"00:00:00\"", TimeOnly.MinValue).Takes("\"23:59:59.999999\"", TimeOnly.Parse("23:59:59.999999", CultureInfo.InvariantCulture))
            .Takes("\"23:59:59.9999999\"", TimeOnly.MaxValue, isCut: true).Takes("\"07:30\"", new TimeOnly(7, 30)).Refuses("\"24:00:00\"", "\"23:59:60\"", "\"7:30\"", "7"),
        new ValueCase<TimeSpan>("duration").Takes("\"P1DT02H03M04.5S\"", new TimeSpan(1, 2, 3, 4, 500)).Takes("\"-00:00:01\"", TimeSpan.FromSeconds(-1))
            .Takes("\"10675199.02:48:05.4775807\"", TimeSpan.MaxValue, isCut: true).Takes("\"-10675199.02:48:05.4775808\"", TimeSpan.MinValue, isCut: true)
            .Takes("\"1.00:00:00\"", TimeSpan.FromDays(1)).Refuses("\"P99999999D\"", "\"soon\"", "7"),
    ];

    public static IEnumerable<ValueCase> Converted() =>
    [
        new ValueCase<DateTimeOffset>("offset_as_binary", (property, isSqlite) => { if (isSqlite) { property.HasConversion(new DateTimeOffsetToBinaryConverter()); } })
            .Takes("\"2024-01-02T03:04:05Z\"", DateTimeOffset.Parse("2024-01-02T03:04:05Z", CultureInfo.InvariantCulture))
            .Takes("\"2024-01-02T03:04:05.1234+02:00\"", DateTimeOffset.Parse("2024-01-02T03:04:05.1234+02:00", CultureInfo.InvariantCulture)).Refuses("\"soon\"", "true"),
        new ValueCase<TimeSpan>("duration_as_long", (property, isSqlite) => Convert<TimeSpan, long>(property, isSqlite)).Takes("\"01:02:03\"", new TimeSpan(1, 2, 3))
            .Takes("\"P1DT02H03M04S\"", new TimeSpan(1, 2, 3, 4)).Refuses("\"soon\""),
        new ValueCase<DateTime>("datetime_as_ticks", (property, isSqlite) => property.HasConversion(value => value.Ticks, ticks => new DateTime(ticks)))
            .Takes("\"2024-05-22T20:32:00.0826661Z\"", Utc("2024-05-22T20:32:00.0826661")).Takes("638519419200826661", new DateTime(638519419200826661)).Refuses("\"soon\"", "-1"),
        new ValueCase<DateOnly>("date_as_text", (property, _) => property.HasConversion(
            value => value.ToString("yyyyMMdd", CultureInfo.InvariantCulture), text => DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture)))
            .Takes("\"2024-02-29\"", new DateOnly(2024, 2, 29)).Takes("\"20240229\"", new DateOnly(2024, 2, 29)).Refuses("\"20230229\"", "\"soon\""),
        new ValueCase<decimal>("decimal_as_cents", (property, _) => property.HasConversion(value => (long)(value * 100), cents => cents / 100m)).Takes("\"1.50\"", 1.50m)
            .Takes("150", 1.50m).Refuses("\"1.505\"", "true"),
    ];

    public static IEnumerable<ValueCase> Enums() =>
    [
        new ValueCase<TinyMark>("tiny_mark").Takes("\"Low\"", TinyMark.Low).Takes("255", TinyMark.High).Takes("7", (TinyMark)7).Refuses("256", "-1", "\"Unknown\"", "1.5", "true"),
        new ValueCase<SmallMark>("small_mark").Takes("-128", SmallMark.Least).Takes("\"Least\"", SmallMark.Least).Refuses("128", "-129"),
        new ValueCase<HugeMark>("huge_mark").Takes("\"Most\"", HugeMark.Most, onPostgreSql: false)
            .Takes("18446744073709551615", HugeMark.Most, onPostgreSql: false).Takes("0", HugeMark.None).Refuses("-1", "\"More\""),
        new ValueCase<Signs>("flags").Takes("5", Signs.Dot | Signs.Star).Takes("\"Dot, Star\"", Signs.Dot | Signs.Star).Takes("\"None\"", Signs.None).Refuses("2147483648", "\"Cross\""),
        new ValueCase<TinyMark>("mark_as_text", (property, _) => property.HasConversion<string>()).Takes("\"Low\"", TinyMark.Low).Takes("1", TinyMark.Low).Refuses("\"Unknown\"", "256", "true"),
        new ValueCase<TinyMark?>("nullable_mark").Takes("null", null).Takes("\"High\"", TinyMark.High).Refuses("256"),
        new ValueCase<Weather>("sky").Takes("\"LightRain\"", Weather.LightRain).Takes("1", (Weather)1).Takes("99", (Weather)99, onPostgreSql: false).Refuses("\"Frogs\"", "true"),
    ];

    public static IEnumerable<ValueCase> Lists() =>
    [
        new ValueCase<List<int>>("ints").Takes("[]", []).Takes("[1,-2147483648,2147483647]", [1, int.MinValue, int.MaxValue]).Refuses("[2147483648]", "[1.5]", "[\"a\"]", "[true]", "[null]", "7"),
        new ValueCase<List<double>>("doubles").Takes("[0.1,100,1e22,5e-324]", [0.1, 100, 1e22, double.Epsilon]).Refuses("[1e400]", "[\"a\"]", "[null]"),
        new ValueCase<List<decimal>>("decimals").Takes("[\"12.50\",7,\"79228162514264337593543950335\"]", [12.50m, 7m, decimal.MaxValue]).Refuses("[\"x\"]", "[\"79228162514264337593543950336\"]"),
        new ValueCase<List<string>>("strings").Takes("[\"a\",\"\",\"é\\n\"]", ["a", "", "é\n"]).Refuses("[7]", "[\"a\\u0000\"]"),
        new ValueCase<List<bool>>("bools").Takes("[true,false]", [true, false]).Refuses("[1]"),
        new ValueCase<List<Guid>>("guids").Takes("[\"0f8fad5b-d9cb-469f-a165-70867728950e\"]", [Known]).Refuses("[\"0f8f\"]"),
        new ValueCase<List<DateTime>>("datetimes").Takes("[\"2024-05-22T20:32:00.082666Z\",\"0001-01-01T00:00:00Z\"]", [Utc("2024-05-22T20:32:00.082666"), DateTime.MinValue])
            .Refuses("[\"soon\"]", "[\"2024-06-30T23:59:60Z\"]"),
        new ValueCase<List<DateTimeOffset>>("offsets").Takes("[\"2024-01-02T10:00:00Z\"]", [DateTimeOffset.Parse("2024-01-02T10:00:00Z", CultureInfo.InvariantCulture)]).Refuses("[\"soon\"]"),
        new ValueCase<List<DateOnly>>("dates").Takes("[\"2024-02-29\",\"9999-12-31\"]", [new DateOnly(2024, 2, 29), DateOnly.MaxValue]).Refuses("[\"2023-02-29\"]"),
        new ValueCase<List<TimeOnly>>("times").Takes("[\"07:30:00\"]", [new TimeOnly(7, 30)]).Refuses("[\"24:00:00\"]"),
        new ValueCase<List<TimeSpan>>("durations").Takes("[\"1.02:03:04\",\"P1DT02H03M04S\"]", [new TimeSpan(1, 2, 3, 4), new TimeSpan(1, 2, 3, 4)])
            .Takes("[\"-1.02:03:04.5000000\",\"-00:00:01\",\"-3.00:00:00\",\"10675199.02:48:05\"]",
                [-new TimeSpan(1, 2, 3, 4, 500), TimeSpan.FromSeconds(-1), TimeSpan.FromDays(-3), new TimeSpan(10675199, 2, 48, 5)])
            .Refuses("[\"soon\"]"),
        new ValueCase<List<TinyMark>>("marks").Takes("[\"Low\",255]", [TinyMark.Low, TinyMark.High]).Refuses("[256]", "[\"Unknown\"]"),
        new ValueCase<List<Weather>>("skies").Takes("[\"LightRain\",1]", [Weather.LightRain, (Weather)1]).Takes("[99]", [(Weather)99], onPostgreSql: false).Refuses("[\"Frogs\"]"),
        new ValueCase<List<int?>>("nullable_ints").Takes("[1,null]", [1, null]).Refuses("[2147483648]"),
    ];

    public static IEnumerable<ValueCase> Documents() =>
    [
        new ValueCase<Dictionary<string, string?>>("pairs", (property, isSqlite) =>
        {
            if (isSqlite)
            {
                property.HasConversion(value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<Dictionary<string, string?>>(text, JsonSerializerOptions.Default)!);
            }
            else
            {
                property.HasColumnType("hstore");
            }
        }).Takes("{\"colour\":\"red\",\"size\":null,\"a \\\"b\\\"\":\"=>\"}", new Dictionary<string, string?> { ["colour"] = "red", ["size"] = null, ["a \"b\""] = "=>" }).Takes("{}", [])
            .Refuses("[1]", "{\"a\":{}}"),
    ];

    private static Guid Known => Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private static void Convert<TValue, TStored>(PropertyBuilder<TValue?> property, bool isSqlite)
    {
        if (isSqlite)
        {
            property.HasConversion<TStored>();
        }
    }

    /// <summary>A whole number of a type with that least and that greatest.</summary>
    private static ValueCase<T> Number<T>(string name, Int128 least, Int128 most) => new ValueCase<T>(name)
        .Takes($"{least}", (T)System.Convert.ChangeType((long)least, typeof(T), CultureInfo.InvariantCulture))
        .Takes($"{most}", (T)System.Convert.ChangeType((long)most, typeof(T), CultureInfo.InvariantCulture))
        .Takes("-0", (T)System.Convert.ChangeType(0, typeof(T), CultureInfo.InvariantCulture))
        .Refuses($"{least - 1}", $"{most + 1}", "1E2", "1.0", "1.5", "1e400", "\"7\"", "true", "99999999999999999999999999999999");
}

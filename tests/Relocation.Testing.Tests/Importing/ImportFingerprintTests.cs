using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Relocation.Testing.Importing.Resuming;
using Relocation.Testing.Modeling;
using Xunit;

namespace Relocation.Testing.Tests.Importing;

/// <summary>
/// Nothing that an import can be told is forgotten when it is resumed: each option changes the fingerprint, unless it stands among those that have
/// no effect on what is written.
/// </summary>
public sealed class ImportFingerprintTests
{
    /// <summary>No value of these reaches a row or a key of the map that was not read again.</summary>
    private static readonly string[] WithoutEffect =
    [
        "ResumeId", "Stop", "Clock", "KeepReferences", "IncludeNames", "IncludeValuesInErrors", "Limits", "Progress", "Logger",
        "WaitLimit",
    ];

    public static TheoryData<string> Options => [.. Settable(typeof(ImportOptions)).Select(property => property.Name)];

    public static TheoryData<string, string> Parts =>
    [
        .. new[]
        {
            typeof(RelocationEntity), typeof(RelocationField), typeof(RelocationKey), typeof(RelocationReference), typeof(UniqueSet), typeof(ScopeRule),
            typeof(RelocationChild), typeof(RelocationType), typeof(RelocationTable), typeof(ModelOptions),
        }.SelectMany(type => Settable(type).Select(property => (type.Name, property.Name))),
        (nameof(RelocationEntity), nameof(RelocationEntity.Tables)),
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Every_option_is_part_of_the_fingerprint_or_among_those_without_effect(string name)
    {
        var property = typeof(ImportOptions).GetProperty(name)!;
        var changed = new ImportOptions();
        property.SetValue(changed, Other(property, new ImportOptions()));
        var plan = ImportPlan.For(RelocationModel.Create("empty", []));

        var differs = ImportFingerprint.Of(plan, changed).Hash != ImportFingerprint.Of(plan, new ImportOptions()).Hash;

        Assert.Equal(!WithoutEffect.Contains(name), differs);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Every_part_of_a_model_and_of_its_options_is_described(string type, string name)
    {
        var property = typeof(RelocationModel).Assembly.GetTypes().Single(found => found.Name == type)
            .GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
        var (one, other) = (Make(property.DeclaringType!), Make(property.DeclaringType!));
        Assert.Equal(DescribedValue.Of(one), DescribedValue.Of(other));

        property.SetValue(other, Other(property, one));

        Assert.NotEqual(DescribedValue.Of(one), DescribedValue.Of(other));
    }

    [Fact]
    public void Differences_are_named_and_nothing_else_is()
    {
        var plan = ImportPlan.For(RelocationModel.Create("empty", []));
        var one = ImportFingerprint.Of(plan, new ImportOptions());
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            ImportFingerprint.Write(writer, one);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var stored = ImportFingerprint.Read(reader);

        Assert.Empty(ImportFingerprint.Of(plan, new ImportOptions()).Differences(stored));
        Assert.Equal(stored.Hash, one.Hash);
        Assert.Equal(
            ["ImportOptions.ChunkSize (--chunk-size)", "ImportOptions.Seed (--seed)"],
            ImportFingerprint.Of(plan, new ImportOptions { Seed = 3, ChunkSize = 2 }).Differences(stored));
    }

    [Fact]
    public void Code_that_an_expression_was_compiled_to_counts_by_what_it_has_captured()
    {
        Assert.Equal(DescribedValue.Of(Compiled(1)), DescribedValue.Of(Compiled(1)));
        Assert.NotEqual(DescribedValue.Of(Compiled(1)), DescribedValue.Of(Compiled(2)));

        // An array is no constant of the code itself, so that the compiled method captures it.
        static Delegate Compiled(int number) => Expression.Lambda<Func<int[]>>(Expression.Constant(new[] { number })).Compile();
    }

    [Fact]
    public void Sequence_that_holds_no_elements_of_its_own_is_not_gone_through()
    {
        var endless = Endless();
        Func<bool> captures = () => endless.Any();

        Assert.NotEmpty(DescribedValue.Of(captures));
        Assert.NotEmpty(DescribedValue.Of(endless));
    }

    [Fact]
    public void Collections_of_every_kind_count_by_their_elements()
    {
        foreach (var make in (Func<int, object>[])
        [
            number => new System.Collections.Hashtable { ["a"] = number },
            number => new Dictionary<string, int> { ["a"] = number },
            number => new Queue<int>([number]),
            number => new HashSet<int> { number },
            number => System.Collections.Immutable.ImmutableArray.Create(number),
            number => System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary([KeyValuePair.Create("a", number)]),
            number => new LinkedList<int>([number]),
        ])
        {
            Assert.Equal(DescribedValue.Of(make(1)), DescribedValue.Of(make(1)));
            Assert.NotEqual(DescribedValue.Of(make(1)), DescribedValue.Of(make(2)));
        }
    }

    private static IEnumerable<int> Endless()
    {
        for (var number = 0; ; number++)
        {
            yield return number;
        }
    }

    internal static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is not null && property.GetMethod is { IsPublic: true });

    private static object Make(Type type)
    {
        var made = Activator.CreateInstance(type)!;
        foreach (var property in Settable(type).Where(property => property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null))
        {
            property.SetValue(made, Sample(property.PropertyType, 1));
        }

        return made;
    }

    /// <summary>A value that the property does not have there.</summary>
    internal static object? Other(PropertyInfo property, object of)
    {
        var before = property.GetValue(of);
        var (one, two) = (Sample(property.PropertyType, 1), Sample(property.PropertyType, 2));
        var other = DescribedValue.Of(one) == DescribedValue.Of(before) ? two : one;
        Assert.NotEqual(before, other);
        return other;
    }

    /// <summary>A value of a type; another for each number.</summary>
    private static object? Sample(Type type, int number)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var text = $"made.a{number}";
        return type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(bool) => number == 1,
            _ when type == typeof(int) => number,
            _ when type == typeof(long) => (long)number,
            _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(number),
            _ when type == typeof(Guid) => new Guid(number, 0, 0, new byte[8]),
            _ when type == typeof(Type) => number == 1 ? typeof(int) : typeof(long),
            _ when type == typeof(ModelLabel) => ModelLabel.Parse(text),
            _ when type == typeof(FieldDefault) => FieldDefault.Of(number),
            _ when type == typeof(BackupRule) => BackupRule.ModelDropped(text),
            _ when type == typeof(RecordFilter) => RecordFilter.In("name", text),
            _ when type == typeof(ImportScope) => ImportScope.Of("scope", text),
            _ when type == typeof(RecordRule) => new Rule(number),
            _ when type == typeof(ImportRule) => new WholeRule(text),
            _ when type == typeof(ImportStop) => ImportStop.AtChunk(number),
            _ when type == typeof(BackupLimits) => new BackupLimits { MaxDepth = number },
            _ when type == typeof(TimeProvider) => number == 1 ? TimeProvider.System : new StoppedClock(),
            _ when type == typeof(IProgress<ImportProgress>) => new Progress<ImportProgress>(),
            _ when type == typeof(ILogger) => number == 1 ? NullLogger.Instance : NullLogger<ImportFingerprintTests>.Instance,
            _ when type == typeof(RelocationColumn) => new RelocationColumn(text, text),
            _ when type == typeof(PrimaryKeyMap) => Map(number),
            _ when type.IsEnum => Enum.GetValues(type).GetValue(number - 1),
            _ when type == typeof(Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter) =>
                number == 1
                    ? new Microsoft.EntityFrameworkCore.Storage.ValueConversion.BoolToZeroOneConverter<int>()
                    : new Microsoft.EntityFrameworkCore.Storage.ValueConversion.BoolToZeroOneConverter<long>(),
            _ when type == typeof(Microsoft.EntityFrameworkCore.Storage.Json.JsonValueReaderWriter) =>
                number == 1
                    ? Microsoft.EntityFrameworkCore.Storage.Json.JsonInt32ReaderWriter.Instance
                    : Microsoft.EntityFrameworkCore.Storage.Json.JsonInt64ReaderWriter.Instance,
            _ when type == typeof(Func<System.Text.Json.JsonElement, object?>) =>
                number == 1 ? (Func<System.Text.Json.JsonElement, object?>)(json => json.GetString()) : json => json.GetInt32(),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => ListOf(type.GetGenericArguments()[0], number),
            _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) => DictionaryOf(type.GetGenericArguments(), number),
            _ when type.Assembly == typeof(RelocationModel).Assembly && type.IsClass => Varied(type, number),
            _ => throw new NotSupportedException($"A sample of {type}, so that it is seen in fingerprints."),
        };
    }

    private static object Varied(Type type, int number)
    {
        var made = Make(type);
        var property = Settable(type).First(property => property.PropertyType == typeof(string) || property.PropertyType == typeof(bool)
            || (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsEnum);
        property.SetValue(made, Sample(property.PropertyType, number));
        return made;
    }

    private static Array ListOf(Type element, int number)
    {
        var list = Array.CreateInstance(element, 1);
        list.SetValue(Sample(element, number), 0);
        return list;
    }

    private static object DictionaryOf(Type[] types, int number)
    {
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(types))!;
        dictionary.Add(Sample(types[0], 1)!, Sample(types[1], number));
        return dictionary;
    }

    private static PrimaryKeyMap Map(int number) => PrimaryKeyMap.From(
        [new KeyMapping(ModelLabel.Parse("made.a"), RecordKey.From(1), RecordKey.From(number), KeyMappingKind.Inserted)]);

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }

    private sealed class Rule(int setting) : RecordRule
    {
        public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken) =>
            setting > 0 ? Task.CompletedTask : throw new NotSupportedException();
    }

    private sealed class WholeRule(string setting) : ImportRule
    {
        public override string? Fingerprint => setting;
    }
}

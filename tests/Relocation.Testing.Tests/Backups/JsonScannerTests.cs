using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

/// <summary>Our scanner and the runtime's reader accept and refuse the same texts, wherever the text is cut into blocks.</summary>
public sealed class JsonScannerTests
{
    private static readonly Gen<string> Space = Gen.OneOf("", "", "", " ", "\n", "\t ", "\r\n");

    private static readonly Gen<string> Text = Gen.OneOf<string>(
        Gen.OneOf("", "a", "model", "\\u00e9", "\\ud83d\\ude00", "\\n\\\"\\\\\\/", "é", "日本", "😀", "plain text that is longer than a vector", "\\u0000"),
        Gen.String[Gen.Char['!', '~'], 0, 40].Select(text => text.Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)))
        .Array[0, 3].Select(string.Concat);

    private static readonly Gen<string> Scalar = Gen.OneOf<string>(
        Gen.OneOf("true", "false", "null", "0", "-0", "1.5", "-12e+3", "1E-2", "10.25e10", "123456789012345678901234567890"),
        Gen.Long.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Text.Select(text => $"\"{text}\""));

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, value) => depth > 4
        ? Scalar
        : Gen.OneOf<string>(
            Scalar,
            Gen.Select(value, Space, (item, space) => space + item + space).Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
            Gen.Select(Text, value, Space, (name, item, space) => $"{space}\"{name}\"{space}:{space}{item}{space}")
                .Array[0, 4].Select(members => $"{{{string.Join(',', members)}}}")));

    /// <summary>A backup of records with random fields.</summary>
    private static readonly Gen<byte[]> Whole = Gen.Select(Value, Space, (value, space) =>
            $"{space}{{{space}\"model\"{space}: \"shop.order\"{space},\"fields\":{{\"a\":{space}{value}}},{space}\"pk\":1}}")
        .Array[1, 3].Select(records => Encoding.UTF8.GetBytes($"[{string.Join(',', records)}]"));

    private static readonly Gen<byte> Poison = Gen.OneOf<byte>(
        Gen.OneOf("\"\\{}[],:0-.eEtfn u\0\n\u0001"u8.ToArray()), Gen.OneOf<byte>(0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF), Gen.Byte);

    private static readonly Gen<byte[]> Mutated = Gen.Select(Whole, Gen.Int[0, 3], Gen.Int[0, int.MaxValue], Poison, Mutate);

    [Fact]
    public async Task Scanner_accepts_what_the_oracle_accepts_when_json_is_whole() =>
        await Gen.Select(Whole, Gen.Int[1, 200]).SampleAsync(async sample =>
        {
            Assert.True(IsJson(sample.Item1));
            Assert.Empty(await SyntaxProblemsAsync(sample.Item1, sample.Item2));
        });

    [Fact]
    public async Task Scanner_and_oracle_agree_when_json_is_mutated() =>
        await Gen.Select(Mutated, Gen.Int[1, 200]).SampleAsync(
            async sample =>
            {
                var problems = await SyntaxProblemsAsync(sample.Item1, sample.Item2);

                Assert.Equal(IsJson(sample.Item1), problems.Count == 0);
                Assert.Equal(await SyntaxProblemsAsync(sample.Item1, 64 * 1024), problems);
            },
            iter: 3_000,
            print: sample => $"{Encoding.Latin1.GetString(sample.Item1)} in blocks of {sample.Item2}");

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ud83dx")]
    [InlineData("\\ud83d\\n")]
    [InlineData("\\ud83d\\u0041")]
    [InlineData("\\ude00")]
    [InlineData("\\ude00\\ud83d")]
    public async Task Scanner_refuses_lone_surrogates_wherever_blocks_end(string text)
    {
        var json = Encoding.UTF8.GetBytes($$$"""[{"model":"shop.order","pk":1,"fields":{"a":"{{{text}}}"}}]""");
        for (var blockSize = 1; blockSize <= json.Length; blockSize++)
        {
            Assert.Contains("half of a surrogate pair", Assert.Single(await SyntaxProblemsAsync(json, blockSize)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Scanner_survives_a_million_levels_when_limits_allow_it()
    {
        const int Depth = 1_000_000;
        var json = $$$"""[{"model":"shop.order","pk":1,"fields":{"a":{{{new string('[', Depth)}}}{{{new string(']', Depth)}}}}}]""";

        var index = await Reading.IndexAsync(Backup.FromJson(json), limits: new BackupLimits { MaxDepth = Depth + 2 });
        var refusal = await Reading.RefusalAsync(json, limits: new BackupLimits { MaxDepth = Depth + 1 });

        Assert.Equal(1, index.RecordCount);
        Assert.Equal(BackupProblemKind.LimitExceeded, Assert.Single(refusal.Problems).Kind);
    }

    private static byte[] Mutate(byte[] json, int kind, int where, byte poison)
    {
        // The opening bracket stays: any other outermost value is refused as such, whether it is JSON or not.
        var at = 1 + (where % (json.Length - 1));
        return kind switch
        {
            0 => [.. json[..at], poison, .. json[at..]],
            1 => [.. json[..at], poison, .. json[(at + 1)..]],
            2 => [.. json[..at], .. json[(at + 1)..]],
            // Cut off.
            _ => json[..at],
        };
    }

    private static bool IsJson(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1_000 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    // The reader checks UTF-8 and surrogates only when it is asked for the text.
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<List<string>> SyntaxProblemsAsync(byte[] json, int blockSize)
    {
        try
        {
            await Reading.IndexAsync(Backup.FromUtf8(json), blockSize: blockSize, limits: new BackupLimits { MaxDepth = 1_000 });
            return [];
        }
        catch (BackupFormatException refusal)
        {
            return [.. refusal.Problems.Where(IsAboutSyntax).Select(problem => $"{problem.Place}: {problem.Message}")];
        }
    }

    private static bool IsAboutSyntax(BackupProblem problem) =>
        problem.Kind is BackupProblemKind.NotJson or BackupProblemKind.Truncated;
}

using Relocation.Testing.Cli.Commands;
using Relocation.Testing.Specification;

namespace Relocation.Testing.Cli.Tests;

/// <summary>Every file that a command writes is written in one way, whichever command it is.</summary>
public sealed class OutputFileTests : IDisposable
{
    private const string Shop = "--assembly \"$SHOP\" --context ShopContext";

    private readonly Workplace _workplace = new();

    /// <summary>A command line for each option that writes, with OUT where the file goes.</summary>
    public static TheoryData<string> Writers =>
    [
        $"import shop.json {Shop} --map OUT",
        "import users sentry.json --findings-file OUT",
        $"generate {Shop} --records 20 --output OUT",
        $"sanitize shop.json {Shop} --output OUT",
        $"sanitize OUT --src shop.json {Shop}",
        $"export OUT --database shop_test.db {Shop}",
        "encrypt OUT --src shop.json --encrypt-with public.pem",
        $"compare shop.json shop.json {Shop} --findings-file OUT",
        $"audit shop.json shop.json {Shop} --findings-file OUT || test $? -eq 1",
        $"graph {Shop} --output OUT",
        $"graph {Shop} --format flat --output OUT",
        $"matrix shop.json {Shop} --engine sqlite --output OUT",
    ];

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [Case("output-files")]
    [MemberData(nameof(Writers))]
    public async Task Devices_and_pipes_stay_and_links_are_followed(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        await PrepareAsync(command);

        // A device, a pipe, a chain of links, one of which leads to nothing yet, and a file with permissions of its own.
        // All writers share one way to the file: the first meets every kind of file, each other one kind in turn.
        string[] kinds =
        [
            """
            mkfifo pipe; cat pipe > from-pipe 2>/dev/null & trap "kill $! 2>/dev/null || true" EXIT; write pipe; wait
            test -p pipe; test -s from-pipe
            """,
            """
            mkdir deep; ln -s deep/second first; ln -s ../real deep/second; write first
            test -L first; test -L deep/second; test -f real; test -s real
            """,
            """
            echo old > kept; chmod 640 kept; ln -s kept link; write link
            test -L link; if grep -q '^old$' kept; then exit 9; fi; test "$(stat -c %a kept 2>/dev/null || stat -f %Lp kept)" = 640
            """,
            "write /dev/null; test -c /dev/null",
        ];
        var outcome = await _workplace.ShellAsync($$"""
            set -e
            export SHOP="{{Workplace.ShopAssembly}}"
            write() { { relocation {{command.Replace("OUT", "$1", StringComparison.Ordinal)}}; } >/dev/null; }
            {{string.Join('\n', InTurn(command, kinds))}}
            ls -A | grep -c '^\.relocation' || true
            """);

        outcome.With(0);
        Assert.Equal("0\n", outcome.Output);
    }

    [Theory]
    [Case("output-files")]
    [MemberData(nameof(Writers))]
    public async Task What_cannot_be_written_is_said_before_anything_is_done(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command lines are a shell's.");
        await PrepareAsync(command);
        command = command.Replace(" || test $? -eq 1", string.Empty, StringComparison.Ordinal);

        foreach (var (path, message) in InTurn<(string, string)>(command, [("nowhere/file", "There is no folder"), (".", "is a folder"), ("loop", "lead in a circle")]))
        {
            File.Delete(_workplace.PathOf("loop"));
            File.CreateSymbolicLink(_workplace.PathOf("loop"), "loop");
            var outcome = await _workplace.LineAsync(command.Replace("OUT", path, StringComparison.Ordinal));

            Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
            Assert.Contains(outcome.ExitCode, (int[])[2, 3]);
            Assert.Empty(outcome.Output);
        }
    }

    [Theory]
    [Case("output-files")]
    [InlineData("import shop.json $SHOP --map shop.json")]
    [InlineData("import shop.json $SHOP --map ./also")]
    [InlineData("import shop.json $SHOP --map keys --approved keys")]
    [InlineData("import shop.json $SHOP --database shop_test.db --map shop_test.db")]
    [InlineData("export shop_test.db --database shop_test.db $SHOP")]
    [InlineData("export shop_test.db --database 'Data Source=shop_test.db' $SHOP")]
    [InlineData("sanitize shop.json $SHOP --output also")]
    [InlineData("sanitize shop.json --src shop.json $SHOP")]
    [InlineData("encrypt public.pem --src shop.json --encrypt-with public.pem")]
    [InlineData("compare shop.json sentry.json --findings-file sentry.json")]
    [InlineData("import users sentry.json --map keys --findings-file keys")]
    [InlineData("matrix shop.json $SHOP --output keys --output ./keys")]
    [InlineData("matrix . $SHOP --output also")]
    [InlineData("matrix 'sh*.json' $SHOP --output new --output shop.json")]
    [InlineData("matrix shop.json $SHOP --output - --output /dev/stdout")]
    [InlineData("import users sentry.json --map - --findings-file -")]
    public async Task Nothing_that_is_read_is_written_over_and_no_file_is_written_twice(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command lines are a shell's.");
        await PrepareAsync(command);
        var before = await ContentsAsync();

        File.CreateSymbolicLink(_workplace.PathOf("also"), "shop.json");
        var outcome = await _workplace.LineAsync(
            command.Replace("$SHOP", "--assembly $SHOP --context ShopContext", StringComparison.Ordinal));

        outcome.With(2);
        Assert.Matches("reads, and would be lost|given twice|is written by", outcome.Error);
        File.Delete(_workplace.PathOf("also"));
        Assert.Equal(before, await ContentsAsync());
    }

    /// <summary>Whoever adds an option that names a file says here what it does with it.</summary>
    [Fact]
    [Case("output-files")]
    public async Task Every_option_that_names_a_file_is_known_as_read_or_written()
    {
        foreach (var command in (string[])["import", "import users", "import organizations", "generate", "matrix", "export", "export users", "encrypt", "decrypt", "graph", "compare", "sanitize", "audit", "task start", "task run"])
        {
            var help = (await _workplace.RunAsync([.. command.Split(' '), "--help"])).With(0).Output;
            foreach (System.Text.RegularExpressions.Match option in System.Text.RegularExpressions.Regex.Matches(help, @"(--[a-z-]+) <FILE>"))
            {
                Assert.True(NamedFiles.Read.Contains(option.Groups[1].Value) || NamedFiles.Written.Contains(option.Groups[1].Value), $"{command} {option.Value}");
            }
        }
    }

    [Theory]
    [Case("full-device")]
    [InlineData("inspect shop.json --json")]
    [InlineData("inspect shop.json")]
    [InlineData("import shop.json $SHOP --json")]
    [InlineData("import shop.json $SHOP --map -")]
    [InlineData("import missing.json --json")]
    [InlineData("generate $SHOP --records 20 --output -")]
    [InlineData("generate $SHOP --records 20 --output /dev/stdout")]
    [InlineData("export - --database shop_test.db $SHOP")]
    [InlineData("sanitize shop.json $SHOP --output -")]
    [InlineData("compare shop.json shop.json $SHOP --format sarif")]
    [InlineData("graph $SHOP")]
    [InlineData("reset --database shop_test.db --json")]
    [InlineData("snapshot list --json")]
    [InlineData("--help")]
    [InlineData("import --help")]
    public async Task Full_device_is_an_error_of_the_environment(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has /dev/full.");
        await PrepareAsync(command);
        var line = command.Replace("$SHOP", $"--assembly '{Workplace.ShopAssembly}' --context ShopContext", StringComparison.Ordinal);

        // The longest way and the shortest meet a closed output too.
        string[] outputs = command is "import shop.json $SHOP --json" or "--help" ? ["> /dev/full", ">&-"] : ["> /dev/full"];

        // A backup that is not there is found out before anything is written.
        var isUsage = command.StartsWith("import missing", StringComparison.Ordinal);
        foreach (var output in outputs)
        {
            var outcome = await _workplace.ShellAsync($"relocation {line} {output}");
            outcome.With(isUsage ? 2 : 3);
            Assert.Matches(isUsage ? "There is no file" : "Standard output (cannot be written: No space left|is closed)", outcome.Error);
            Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [Case("full-device")]
    [InlineData("inspect shop.json", 0)]
    [InlineData("inspect shop.json --json", 0)]
    [InlineData("import shop.json $SHOP --map -", 0)]
    [InlineData("generate $SHOP --records 3000 --output -", 0)]
    [InlineData("compare shop.json sentry.json $SHOP", 1)]
    public async Task Reader_that_ends_early_changes_nothing(string command, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command lines are a shell's.");
        await PrepareAsync(command);
        var line = command.Replace("$SHOP", $"--assembly '{Workplace.ShopAssembly}' --context ShopContext", StringComparison.Ordinal);

        var outcome = await _workplace.ShellAsync($"{{ relocation {line}; echo $? >&3; }} 3> code | head -c 1 > /dev/null; cat code");

        Assert.Equal($"{exitCode}\n", outcome.Output);
        Assert.DoesNotContain("relocation:", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Case("closed-input")]
    [InlineData("import - <&-", 3, "Standard input is closed")]
    [InlineData("inspect - <&-", 3, "Standard input is closed")]
    [InlineData("sanitize - --output x <&-", 3, "Standard input is closed")]
    [InlineData("import - < .", 2, "Standard input is a folder")]
    [InlineData("import /dev/stdin < .", 2, "Standard input is a folder")]
    [InlineData("import - < /dev/null", 1, "")]
    public async Task Standard_input_that_holds_no_backup_is_refused(string line, int exitCode, string message)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command lines are a shell's.");

        var outcome = (await _workplace.ShellAsync($"relocation {line}")).With(exitCode);

        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    /// <summary>Everything for the first writer, and for each other one of them in turn.</summary>
    private static T[] InTurn<T>(string command, T[] all)
    {
        var number = Writers.Select(row => row.Data).ToList().FindIndex(writer => writer.StartsWith(command, StringComparison.Ordinal));
        return number == 0 ? all : [all[number % all.Length]];
    }

    private async Task PrepareAsync(string command)
    {
        File.Copy(Workplace.Fixture("shop/complete.json"), _workplace.PathOf("shop.json"));
        File.Copy(Workplace.Fixture("sentry/organization.json"), _workplace.PathOf("sentry.json"));
        using var key = System.Security.Cryptography.RSA.Create(2048);
        _workplace.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        if (!command.Contains("shop_test.db", StringComparison.Ordinal))
        {
            return;
        }

        (await _workplace.RunAsync(
            "import", "shop.json", "--assembly", Workplace.ShopAssembly, "--context", "ShopContext", "--database", "shop_test.db")).With(0);
    }

    private async Task<List<string>> ContentsAsync()
    {
        var contents = new List<string>();
        foreach (var file in Directory.EnumerateFiles(_workplace.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            contents.Add($"{file} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)))}");
        }

        return contents;
    }
}

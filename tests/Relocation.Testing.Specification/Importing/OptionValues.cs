using Microsoft.Extensions.Logging;

namespace Relocation.Testing.Specification.Importing;

/// <summary>The telling values of all options of imports, two or three for each.</summary>
internal static class OptionValues
{
    private static readonly ModelLabel Tag = ModelLabel.Parse("made.tag");
    private static readonly ModelLabel Node = ModelLabel.Parse("made.node");

    internal static IEnumerable<OptionValue> Of(OptionModel model) =>
        [.. WhatIsTaken(), .. Policies(model), .. Drift(), .. HowItRuns(model), .. WhatIsShown()];

    private static IEnumerable<OptionValue> WhatIsTaken()
    {
        const string setting = """setting 5 {"value": {"a": 1}}""";
        yield return new(nameof(ImportOptions.Scope), "everything", options => options with { Scope = ImportScope.Everything })
        {
            Records = setting,
            Promise = async run => Assert.NotEqual("0", await run.TextAsync("SELECT count(*) FROM setting")),
        };
        yield return new(nameof(ImportOptions.Scope), "content", options => options with { Scope = ImportScope.Of("content", "content") })
        {
            Records = setting,
            Promise = async run => Assert.Equal(
                ("0", true), (await run.TextAsync("SELECT count(*) FROM setting"), run.Result.Models.Sum(counts => counts.OutOfScope) > 0)),
        };
        yield return new(nameof(ImportOptions.Models), "keys", options => options with
        {
            Models = new Dictionary<ModelLabel, ModelOptions> { [Tag] = new() { Keys = KeyPolicy.Preserve } },
        })
        {
            Promise = async run => Assert.Equal("1", await run.TextAsync("SELECT id FROM tag WHERE name = 'red'")),
        };
        yield return new(nameof(ImportOptions.Models), "filter", options => options with
        {
            Models = new Dictionary<ModelLabel, ModelOptions>
            {
                [Node] = new() { Filter = RecordFilter.Where(["parent"], record => record["parent"] is not 2L) },
            },
        })
        {
            Records = """node 12 {"tag": 2, "parent": 2}""",
            Promise = run =>
            {
                Assert.Equal(1, Assert.Single(run.Result.Filtered).Records);
                return Task.CompletedTask;
            },
        };
        yield return new(nameof(ImportOptions.KnownKeys), "map", options => options with
        {
            KnownKeys = PrimaryKeyMap.From([new KeyMapping(Tag, RecordKey.From(77), RecordKey.From(50), KeyMappingKind.Existing)]),
        })
        {
            Records = """node 7 {"tag": 77, "parent": null}""",
            Promise = async run => Assert.Equal("1", await run.TextAsync("SELECT count(*) FROM node WHERE tag = 50")),
        };
        var rule = new CountingRule();
        yield return new(nameof(ImportOptions.Rules), "rule", options => options with { Rules = [rule] })
        {
            Promise = run =>
            {
                Assert.Equal((1, 1), (rule.Begun, rule.Ended));
                return Task.CompletedTask;
            },
        };
        yield return new(nameof(ImportOptions.NothingTaken), "report", options => options with { NothingTaken = DriftPolicy.Report }) { Promise = SomethingIsTaken };
        yield return new(nameof(ImportOptions.NothingTaken), "refuse", options => options with { NothingTaken = DriftPolicy.Refuse }) { Promise = SomethingIsTaken };
        yield return new(nameof(ImportOptions.BackupRules), "renamed", options => options with { BackupRules = [BackupRule.ModelRenamed("made.label", "made.tag")] })
        {
            Records = """label 30 {"name": "old"}""",
            Promise = async run => Assert.Equal(
                ("1", BackupRuleKind.ModelRenamed),
                (await run.TextAsync("SELECT count(*) FROM tag WHERE name = 'old'"), Assert.Single(run.Result.Drift.Declared).Kind)),
        };
    }

    private static IEnumerable<OptionValue> Policies(OptionModel model)
    {
        const string lost = """node 9 {"tag": 1, "parent": 404}""";
        foreach (var policy in Enum.GetValues<UnresolvedReferencePolicy>())
        {
            yield return new(nameof(ImportOptions.UnresolvedReferences), $"{policy}", options => options with { UnresolvedReferences = policy })
            {
                Records = lost,
                Refuses = policy == UnresolvedReferencePolicy.Fail ? Refusal(BackupProblemKind.UnresolvedReference) : null,
                Promise = run =>
                {
                    Assert.Equal(policy == UnresolvedReferencePolicy.Drop ? 1 : 0, run.Result.Dropped.Count);
                    Assert.Equal(policy == UnresolvedReferencePolicy.SetNull ? 1 : 0, run.Result.Models.Sum(counts => counts.ReferencesSetToNull));
                    return Task.CompletedTask;
                },
            };
        }

        foreach (var policy in Enum.GetValues<CollisionPolicy>())
        {
            yield return new(nameof(ImportOptions.OnCollision), $"{policy}", options => options with { OnCollision = policy })
            {
                Records = """tag 10 {"name": "taken"}""",
                Refuses = policy == CollisionPolicy.Fail ? Refusal(BackupProblemKind.Collision) : null,
                Promise = async run =>
                {
                    var counts = run.Result.Models.Single(counts => counts.Model == Tag);
                    Assert.Equal(policy == CollisionPolicy.Merge ? 1 : 0, counts.Existing);
                    Assert.Equal(policy == CollisionPolicy.Overwrite ? 1 : 0, counts.Overwritten);
                    Assert.Equal("1", await run.TextAsync("SELECT count(*) FROM tag WHERE name = 'taken'"));
                },
            };
        }

        foreach (var policy in Enum.GetValues<TriggerPolicy>())
        {
            yield return new(nameof(ImportOptions.Triggers), $"{policy}", options => options with { Triggers = policy })
            {
                Before = model.NotingTrigger,
                Promise = async run =>
                {
                    var inserted = run.Result.Models.Single(counts => counts.Model == Tag).Inserted;
                    Assert.Equal(policy == TriggerPolicy.HoldBack ? "0" : $"{inserted}", await run.TextAsync("SELECT count(*) FROM noted"));
                    Assert.Equal(policy == TriggerPolicy.HoldBack ? 0 : inserted, run.Result.TriggeredRows.Sum(rows => rows.Rows));
                },
            };
        }
    }

    private static IEnumerable<OptionValue> Drift()
    {
        yield return Drifting(
            nameof(ImportOptions.UnknownModels), """ghost 1 {}""", BackupProblemKind.UnknownModel, (options, policy) => options with { UnknownModels = policy },
            drift => drift.UnknownModels.Any(found => found.Model.Value == "made.ghost"), DriftPolicy.Report);
        yield return Drifting(
            nameof(ImportOptions.UnknownModels), """ghost 1 {}""", BackupProblemKind.UnknownModel, (options, policy) => options with { UnknownModels = policy },
            drift => drift.UnknownModels.Count > 0, DriftPolicy.Refuse);
        foreach (var policy in (DriftPolicy[])[DriftPolicy.Report, DriftPolicy.Refuse])
        {
            yield return Drifting(
                nameof(ImportOptions.UnknownFields), """tag 20 {"name": "green", "colour": 5}""", BackupProblemKind.UnknownField,
                (options, chosen) => options with { UnknownFields = chosen }, drift => drift.UnknownFields.Any(found => found.Field == "colour"), policy);
            yield return Drifting(
                nameof(ImportOptions.AbsentFields), """node 3 {"tag": 1}""", BackupProblemKind.MissingField,
                (options, chosen) => options with { AbsentFields = chosen }, drift => drift.DefaultedFields.Any(found => found.Field == "parent"), policy);
        }

        foreach (var reading in (JsonTextReading[])[JsonTextReading.AsJson, JsonTextReading.AsText])
        {
            yield return new(nameof(ImportOptions.JsonTexts), $"{reading}", options => options with { JsonTexts = reading })
            {
                Records = """setting 1 {"value": "[1]"}""",
                Promise = async run =>
                {
                    if (run.Options.Scope.Takes("config"))
                    {
                        Assert.Equal((reading, true), (run.Result.JsonTexts!.Reading, run.Result.JsonTexts.IsAskedFor));
                        Assert.Equal(reading == JsonTextReading.AsJson ? "1" : "0", await run.TextAsync("SELECT count(*) FROM setting WHERE CAST(value AS text) = '[1]'"));
                    }
                },
            };
        }
    }

    private static IEnumerable<OptionValue> HowItRuns(OptionModel model)
    {
        foreach (var size in (int[])[1, 1_000])
        {
            yield return new(nameof(ImportOptions.ChunkSize), $"{size}", options => options with { ChunkSize = size })
            {
                Promise = run =>
                {
                    // The beginning, the records, and the end.
                    Assert.True(run.Options.ResumeId is null || size > 1 || run.Result.CommittedChunks >= run.Result.Models.Sum(counts => counts.Inserted) + 2);
                    return Task.CompletedTask;
                },
            };
        }

        yield return new(nameof(ImportOptions.ResumeId), "id", options => options with { ResumeId = new Guid("11111111-2222-4333-8444-777777777777") })
        {
            Promise = async run =>
            {
                var rows = await run.TextAsync("SELECT * FROM tag ORDER BY id");
                var again = await run.Database.ImportAsync(run.Backup, run.Options, TestContext.Current.CancellationToken);
                Assert.Equal((run.Result.Map, run.Result.CommittedChunks), (again.Map, again.ResumedChunks));
                Assert.Equal(rows, await run.TextAsync("SELECT * FROM tag ORDER BY id"));
            },
        };
        yield return new(nameof(ImportOptions.WaitLimit), "none", options => options with { WaitLimit = TimeSpan.Zero });
        yield return new(nameof(ImportOptions.WaitLimit), "minute", options => options with { WaitLimit = TimeSpan.FromMinutes(1) });
        yield return new(nameof(ImportOptions.Prepare), "table", options => options with
        {
            Prepare = async (transaction, cancellationToken) =>
            {
                await using var command = transaction.Connection!.CreateCommand();
                (command.Transaction, command.CommandText) = (transaction, "CREATE TABLE IF NOT EXISTS prepared (x int)");
                await command.ExecuteNonQueryAsync(cancellationToken);
            },
        })
        {
            Promise = async run => Assert.Equal("0", await run.TextAsync("SELECT count(*) FROM prepared")),
        };
        yield return new(nameof(ImportOptions.Stop), "first", options => options with { Stop = ImportStop.AtChunk(1) })
        {
            Refuses = exception => exception is ImportStoppedException,
        };
        foreach (var seed in (long[])[0, 7])
        {
            yield return new(nameof(ImportOptions.Seed), $"{seed}", options => options with { Seed = seed })
            {
                Promise = async run =>
                {
                    const string token = "SELECT token FROM tag WHERE name = 'red'";
                    Assert.Equal(await model.AloneAsync(new ImportOptions { Seed = seed }, token), await run.TextAsync(token));
                    Assert.NotEqual(await model.AloneAsync(new ImportOptions { Seed = seed + 1 }, token), await run.TextAsync(token));
                },
            };
        }

        yield return new(nameof(ImportOptions.Clock), "stopped", options => options with { Clock = new StoppedClock() })
        {
            Promise = async run => Assert.Equal("2", await run.TextAsync(
                $"SELECT count(*) FROM tag WHERE name IN ('red', 'blue') AND CAST(made_at AS text) LIKE '2001-02-03%'")),
        };
        yield return new(nameof(ImportOptions.Limits), "wide", options => options with { Limits = new BackupLimits { MaxDepth = 8 } });
        yield return new(nameof(ImportOptions.Limits), "narrow", options => options with { Limits = new BackupLimits { MaxStringBytes = 2 } })
        {
            Refuses = Refusal(BackupProblemKind.LimitExceeded),
        };
    }

    private static IEnumerable<OptionValue> WhatIsShown()
    {
        foreach (var keeps in (bool[])[false, true])
        {
            yield return new(nameof(ImportOptions.KeepReferences), $"{keeps}", options => options with { KeepReferences = keeps })
            {
                Promise = run =>
                {
                    Assert.Equal(keeps, run.Result.Map.ReferencesOf(Node, RecordKey.From(1)).Any(reference => reference.Target == Tag));
                    return Task.CompletedTask;
                },
            };
            yield return new(nameof(ImportOptions.IncludeNames), $"{keeps}", options => options with { IncludeNames = keeps })
            {
                Promise = run =>
                {
                    Assert.Equal(
                        keeps && run.Options.OnCollision is CollisionPolicy.Suffix or CollisionPolicy.Regenerate,
                        run.Result.Map.ToSnapshot().Contains("red", StringComparison.Ordinal));
                    return Task.CompletedTask;
                },
            };
            yield return new(nameof(ImportOptions.IncludeValuesInErrors), $"{keeps}", options => options with { IncludeValuesInErrors = keeps });
        }

        var progress = new HeardProgress();
        yield return new(nameof(ImportOptions.Progress), "heard", options => options with { Progress = progress })
        {
            Promise = run =>
            {
                Assert.True(progress.Count > 0);
                return Task.CompletedTask;
            },
        };
        var logger = new HeardLogger();
        yield return new(nameof(ImportOptions.Logger), "heard", options => options with { Logger = logger })
        {
            Promise = run =>
            {
                Assert.True(logger.Count > 0);
                return Task.CompletedTask;
            },
        };
    }

    private static OptionValue Drifting(
        string option,
        string records,
        BackupProblemKind problem,
        Func<ImportOptions, DriftPolicy, ImportOptions> set,
        Func<DriftReport, bool> isReported,
        DriftPolicy policy) => new(option, $"{policy}", options => set(options, policy))
        {
            Records = records,
            Refuses = policy == DriftPolicy.Refuse ? Refusal(problem) : null,
            Promise = run =>
            {
                Assert.True(isReported(run.Result.Drift));
                return Task.CompletedTask;
            },
        };

    private static Task SomethingIsTaken(OptionRun run)
    {
        Assert.DoesNotContain(run.Result.Findings, finding => finding.Kind == ImportFindingKind.NothingTaken);
        return Task.CompletedTask;
    }

    private static Func<Exception, bool> Refusal(BackupProblemKind kind) => exception => exception switch
    {
        ImportException refused => refused.Problems.Any(problem => problem.Kind == kind),
        BackupFormatException unreadable => unreadable.Problems.Any(problem => problem.Kind == kind),
        _ => false,
    };

    private sealed class CountingRule : ImportRule
    {
        internal int Begun { get; private set; }

        internal int Ended { get; private set; }

        public override Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken)
        {
            Begun++;
            return Task.CompletedTask;
        }

        public override Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken)
        {
            Ended++;
            return Task.CompletedTask;
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2001, 2, 3, 12, 0, 0, TimeSpan.Zero);
    }

    private sealed class HeardProgress : IProgress<ImportProgress>
    {
        internal int Count { get; private set; }

        public void Report(ImportProgress value) => Count++;
    }

    private sealed class HeardLogger : ILogger
    {
        internal int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}

namespace Relocation.Testing.Sentry.Rules;

/// <summary>The rules of one import, and its options for single models.</summary>
internal static class SentryRules
{
    /// <summary>Takes options that leave to Sentry's rules what these decide.</summary>
    internal static ImportOptions Accept(ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (string Name, bool IsGiven)[] decided =
        [
            (nameof(options.Scope), options.Scope != ImportScope.Everything), (nameof(options.OnCollision), options.OnCollision is not null),
            (nameof(options.KnownKeys), options.KnownKeys is not null), (nameof(options.ResumeId), options.ResumeId is not null),
        ];
        return Array.Find(decided, option => option.IsGiven) is { Name: { } name } ? throw Errors.DecidedByRules(name) : options;
    }

    /// <summary>The options of an import.</summary>
    internal static ImportOptions OptionsOf(
        RelocationModel model, ImportSettings settings, ImportRule steps, PrimaryKeyMap? knownKeys, DriftPolicy unknownModels, bool isBatch = false) =>
        settings.Options.Import with
        {
            Scope = settings.Scope,
            UnknownModels = unknownModels,
            Models = For(model, settings),
            BackupRules = [.. DeclaredOf(model).Concat(settings.Options.Import.BackupRules).Distinct()],
            KnownKeys = knownKeys,
            ResumeId = isBatch || !settings.Options.IsResumable ? null : settings.Flags.ImportUuid,
            Rules = [steps, .. settings.Options.Import.Rules],
        };

    /// <summary>Newer versions have their rules in the model, so that every use of it knows them.</summary>
    private static IReadOnlyList<BackupRule> DeclaredOf(RelocationModel model) => model.DroppedLabels.Count > 0 ? [] : VersionRules.Of(model);

    /// <summary>Sentry's options of a model with those that the caller adds: rules run after Sentry's.</summary>
    private static ModelOptions With(ModelOptions? own, ModelOptions added) => own is null ? added : added with
    {
        Keys = added.Keys ?? own.Keys,
        Rules = [.. own.Rules, .. added.Rules],
        OnUnresolved = own.OnUnresolved.Concat(added.OnUnresolved).GroupBy(policy => policy.Key, policy => policy.Value).ToDictionary(policy => policy.Key, policy => policy.Last()),
    };

    /// <summary>The options of each model with rules or policies.</summary>
    private static Dictionary<ModelLabel, ModelOptions> For(RelocationModel model, ImportSettings settings)
    {
        var rules = new List<SentryRule>
        {
            new UserRule(settings), new EmailRule(settings), new UserEmailRule(settings), new UserOptionRule(settings), new UserIpRule(settings),
            new UserPermissionRule(settings), new ApiTokenRule(settings, model.Find(Labels.ApiToken)!), new OrgAuthTokenRule(settings), new OrganizationRule(settings),
            new OrganizationMemberRule(settings), new MemberSlugRule(settings, Labels.Project), new MemberSlugRule(settings, Labels.Team),
            new ProjectKeyRule(settings), new ProjectOptionRule(settings), new QuerySubscriptionRule(settings), new SavedSearchRule(settings),
            new FreshGuidRule(settings, Labels.FormerMonitor, "guid"), new FreshGuidRule(settings, Labels.Monitor, "guid"), new FreshGuidRule(settings, Labels.Incident, "detection_uuid"),
            new FreshGuidRule(settings, Labels.IncidentActivity, "notification_uuid"),
            new ConfigRule(settings, Labels.Option, ["key"]), new ConfigRule(settings, Labels.ControlOption, ["key"]),
            new ConfigRule(settings, Labels.Relay, ["relay_id"]), new ConfigRule(settings, Labels.RelayUsage, ["relay_id", "version"]),
            new ConfigRule(settings, Labels.UserRole, ["name"]),
            new OwnerRule(settings, Labels.Rule, "owner_user_id", "owner_team"), new OwnerRule(settings, Labels.AlertRule, "user_id", "team"),
        };
        rules.AddRange(PlainNumber.All.Select(number => new PlainNumberRule(settings, number)));
        rules.AddRange(KeysInJson.All.Select(keys => new KeysInJsonRule(settings, keys)));
        rules.AddRange([new DataSourceRule(settings), new KeysInJsonRule(settings, KeysInJson.InvitedTeams), new MemberInviteRule(settings)]);
        rules.AddRange(settings.Drift.NarrowedModels.Select(narrowed => new NarrowingRule(settings, narrowed)));
        rules.AddRange(MissingValue.All.Select(missing => new MissingValueRule(settings, missing)));
        rules.AddRange(settings.Drift.PlacesViews ? [new PlacedRule(settings, Labels.GroupSearchView, "position", settings.Drift.PositionOf)] : []);
        rules.AddRange(settings.Drift.OrdersWidgets ? [new PlacedRule(settings, Labels.DashboardWidget, "order", settings.Drift.OrderOf)] : []);
        rules.RemoveAll(rule => model.FindOwn(rule.Model) is not { } entity || !rule.Fits(entity));
        var ruled = rules.Select(rule => rule.Model).ToHashSet();
        rules.AddRange(model.Entities
            .Where(entity => !ruled.Contains(entity.Label) && entity.Fields.Any(field => field.Name == KeptSlugRule.Field))
            .Concat(new[] { Labels.FormerMonitor, Labels.Monitor }.Select(model.FindOwn).OfType<RelocationEntity>())
            .Where(entity => !entity.Scopes.Contains("Excluded"))
            .Select(entity => new KeptSlugRule(settings, entity.Label)));
        var options = rules.GroupBy(rule => rule.Model)
            .ToDictionary(group => group.Key, group => new ModelOptions { Rules = [.. group] });
        options[Labels.OrganizationMember] = new ModelOptions
        {
            Rules = options[Labels.OrganizationMember].Rules,
            OnUnresolved = new Dictionary<string, UnresolvedReferencePolicy> { ["inviter_id"] = UnresolvedReferencePolicy.SetNull },
        };
        if (settings.IsGlobal)
        {
            // The addresses to which clients report contain the project's key.
            options[Labels.Project] = new ModelOptions { Rules = options[Labels.Project].Rules, Keys = KeyPolicy.Preserve };
        }

        foreach (var (label, added) in settings.Options.Import.Models)
        {
            options[label] = With(options.GetValueOrDefault(label), added);
        }

        return options;
    }
}

using System.Reflection;
using Relocation.Testing.Specification.Sentry.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Parity;

/// <summary>Sentry's own tests that need no database, and their counterparts here.</summary>
public sealed class ParityTests
{
    private static readonly Dictionary<string, string[]> Listed = new()
    {
        ["12.2"] =
        [
            "Every exportable model is covered exhaustively", "Every model that can collide is covered by a collision test",
            "Every model with several scopes is covered by a dynamic-scope test",
            "Every model of organizations that refers to users is covered by the user-merge test",
        ],
        ["12.3"] =
        [
            "test_all_final_derivations_of_django_model_set_included_in_export", "test_all_many_to_many_fields_explicitly_set_through_attribute",
            "user scope validity", "organization scope validity", "config scope validity",
        ],
        ["12.7"] =
        [
            "test_good_comparator_both_sides_existing", "test_good_comparator_neither_side_existing", "test_bad_comparator_only_one_side_existing",
            "test_good_comparator_both_sides_null", "test_bad_comparator_only_one_side_null",
            "test_good_comparator_one_side_null_other_side_missing", "Auto suffix: good", "Auto suffix: bad", "Auto suffix: existence",
            "Auto suffix: scrubbed", "Datetime equality: good", "Datetime equality: bad", "Date updated: good", "Date updated: bad",
            "Unordered list: good", "Unordered list: bad", "Unordered list: existence", "Unordered list: scrubbed", "E-mail: good", "E-mail: bad",
            "E-mail: existence", "E-mail: scrubbed", "Equal-or-removed: equal", "Equal-or-removed: not equal", "Equal-or-removed: neither side",
            "Equal-or-removed: right missing", "Equal-or-removed: left missing", "Equal-or-removed: both null", "Equal-or-removed: right null",
            "Equal-or-removed: left null", "Hash: good", "Hash: bad", "Hash: existence", "Hash: scrubbed", "Ignored: good", "Ignored: existence",
            "Ignored: scrubbed", "Foreign key: good", "Foreign key: existence", "Foreign key: scrubbed", "Foreign key: maps not set",
            "Foreign key: unequal mapping", "Foreign key: missing mapping", "Secret hex: good", "Secret hex: bad", "Secret hex: scrubbed",
            "Subscription id: good", "Subscription id: bad", "Subscription id: existence", "Subscription id: scrubbed", "UUID4: good", "UUID4: bad",
            "UUID4: scrubbed", "Password: claimed", "Password: claimed never changed", "Password: newly unclaimed",
            "Password: newly unclaimed never changed", "Password: already unclaimed", "Password: bad claimed changed",
            "Password: bad newly unclaimed unchanged", "Password: bad already unclaimed unchanged", "Password: bad impossible newly claimed",
            "Password: bad last change nulled", "Password: bad still expired", "Password: existence", "Password: scrubbed",
            "test_default_comparators", "OptionValueComparator",
        ],
        ["12.8"] = ["test_defaults", "test_no_nulls", "test_comparator_finding", "test_rpc_export_error", "test_rpc_import_error"],
        ["12.9"] =
        [
            "test_good_ignore_differing_pks", "test_bad_duplicate_entry", "test_bad_out_of_order_entry", "test_bad_extra_left_entry",
            "test_bad_extra_right_entry", "test_bad_failing_comparator_field", "test_good_both_sides_comparator_field_missing",
            "test_bad_left_side_comparator_field_missing", "test_bad_right_side_comparator_field_missing",
            "test_auto_assign_email_obfuscating_comparator", "test_auto_assign_date_updated_comparator",
            "test_auto_assign_foreign_key_comparator", "test_auto_assign_ignored_comparator", "test_bad_missing_custom_ordinal",
            "test_bad_unequal_custom_ordinal", "test_bad_duplicate_custom_ordinal", "test_good_option_custom_ordinal",
            "test_good_user_custom_ordinal", "test_good_user_option_custom_ordinal", "test_good_user_option_duplicate_globals",
        ],
        ["12.11"] =
        [
            "test_good_all_sanitizers_set_fields", "test_good_all_sanitizers_unset_fields", "test_good_date_all_sanitizers_no_delta",
            "test_good_dates_preserve_ordering", "test_good_name_but_no_slug", "test_good_default_string_sanitizer_detection",
            "test_bad_invalid_datetime_type", "test_bad_invalid_email_type", "test_bad_invalid_name_type", "test_bad_invalid_slug_type",
            "test_bad_invalid_string_type", "test_fresh_install", "test_clean_pks",
        ],

        // What event saving does without a database.
        ["addendum"] =
        [
            "E-1", "E-2", "E-3", "E-4", "E-5", "E-6", "E-7", "E-8", "E-9", "E-10", "E-11", "E-12", "E-13", "E-14", "E-15", "E-16", "E-17", "E-18",
            "E-19", "E-20", "E-21", "E-22", "E-24", "E-27", "E-28", "E-29", "E-30", "E-31", "E-32", "E-34", "E-35", "E-36", "E-37", "E-47", "E-48",
        ],
        ["events 16"] = ["8", "11", "13", "17"],
    };

    [Fact]
    public void Every_listed_test_has_a_counterpart_and_nothing_else_is_claimed()
    {
        var covered = typeof(ParityTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<ParityAttribute>())
            .Select(parity => $"{parity.Section} {parity.Test}");

        var listed = Listed.SelectMany(section => section.Value.Select(test => $"{section.Key} {test}"));

        Assert.Equal(listed.Order(StringComparer.Ordinal), covered.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}

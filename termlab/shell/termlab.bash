# Tells termlab where prompts, commands and their output are, how each command ended, and in which
# directory the shell is (OSC 133 and OSC 7). For ~/.bashrc, behind whatever sets the prompt:
#
#     [ -n "$TERMLAB" ] && eval "$(termlab shell-init bash)"
#
# or, which starts faster, `. FILE` with the file that `termlab shell-init --path bash` names. It does
# nothing outside of termlab's panes unless TERMLAB_MARKS=always is set, and nothing a second time.
# Output is marked from bash 4.4 on, which has PS0.

if [[ $- == *i* && ( -n ${TERMLAB-} || ${TERMLAB_MARKS-} == always ) && -z ${__termlab_loaded-} ]]
then
    __termlab_loaded=1

    # The working directory, as it stands in a URL: once for each that is gone to.
    __termlab_directory() {
        [[ $PWD == "${__termlab_pwd-}" ]] && return
        local LC_ALL=C at byte
        __termlab_pwd=$PWD __termlab_url=
        for ((at = 0; at < ${#__termlab_pwd}; at++)); do
            byte=${__termlab_pwd:at:1}
            case $byte in
                [a-zA-Z0-9/._~-]) __termlab_url+=$byte ;;
                *)
                    printf -v byte '%02X' "'$byte"
                    __termlab_url+=%${byte: -2}
                    ;;
            esac
        done
    }

    # First of all that runs before a prompt: the status is still the command's.
    __termlab_before() {
        local status=$?
        __termlab_directory
        printf '\e]133;D;%s\a\e]7;file://%s%s\a' "$status" "${HOSTNAME-}" "$__termlab_url"
        return "$status"
    }

    # Last of all: whatever made the prompt has done so.
    __termlab_after() {
        local status=$?
        [[ $PS1 == *'133;A'* ]] || PS1='\[\e]133;A\a\]'$PS1'\[\e]133;B\a\]'
        return "$status"
    }

    if [[ $(declare -p PROMPT_COMMAND 2>/dev/null) == 'declare -a'* ]]; then
        PROMPT_COMMAND=(__termlab_before "${PROMPT_COMMAND[@]}" __termlab_after)
    else
        PROMPT_COMMAND=$'__termlab_before\n'${PROMPT_COMMAND-}$'\n__termlab_after'
    fi
    PS0=${PS0-}'\e]133;C\a'
fi
